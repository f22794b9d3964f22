/* Generated from openapi.json by scripts/gen-api.mjs: do not edit. */

export interface paths {
    "/api/v1/api-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Tokens
         * @description Your API tokens; sorts by id, name, username, created_at, expires_at, last_used_at.
         */
        get: operations["tokens-list_tokens"];
        put?: never;
        /**
         * Create Token
         * @description Make an API token; its text is in this answer and nowhere else.
         */
        post: operations["tokens-create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke Token
         * @description End an API token; it stops working within five seconds.
         */
        delete: operations["tokens-revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/artifacts/{uid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Artifact
         * @description One file, to save and never to show: it holds what strangers' devices said.
         */
        get: operations["discovery-artifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Events
         * @description What was done, newest first; for admins of every site.
         */
        get: operations["audit-list_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Login
         * @description Log in with a password: answers an access token, and sets the cookie that renews it.
         */
        post: operations["auth-login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Logout
         * @description End this session, on every device that shares it.
         */
        post: operations["auth-logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Me
         * @description Who you are.
         */
        get: operations["auth-me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change Me
         * @description Change your language, theme, name or e-mail address.
         */
        patch: operations["auth-change_me"];
        trace?: never;
    };
    "/api/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change Password
         * @description Choose a new password; your other sessions end, and this one renews its access token.
         */
        post: operations["auth-change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh
         * @description A new access token for the session in the cookie, which gets a new value too.
         */
        post: operations["auth-refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register
         * @description Make an account for yourself, as a viewer; closed unless the setting opens it.
         */
        post: operations["auth-register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sessions
         * @description Where you are logged in.
         */
        get: operations["auth-sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End Session
         * @description Log one of your sessions out.
         */
        delete: operations["auth-end_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/ws-ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ws Ticket
         * @description A ticket for one WebSocket: send it as `{"type": "auth", "ticket": …}` in the first message.
         */
        post: operations["auth-ws_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blackout-windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Blackouts
         * @description Blackout windows by name.
         */
        get: operations["discovery-blackouts"];
        put?: never;
        /**
         * Create Blackout
         * @description Leave networks alone at these times: what runs there is paused, and goes on after.
         */
        post: operations["discovery-create_blackout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blackout-windows/{blackout_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Blackout
         * @description One blackout window.
         */
        get: operations["discovery-blackout"];
        put?: never;
        post?: never;
        /**
         * Delete Blackout
         * @description Forget a window; what it paused goes on.
         */
        delete: operations["discovery-delete_blackout"];
        options?: never;
        head?: never;
        /**
         * Change Blackout
         * @description Change what is given.
         */
        patch: operations["discovery-change_blackout"];
        trace?: never;
    };
    "/api/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Changes
         * @description What changed, newest first.
         */
        get: operations["history-list_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare Points
         * @description What is different between two points in time of a site.
         */
        get: operations["history-compare_points"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Coverage
         * @description How far each network is known; sort as networks are.
         */
        get: operations["inventory-coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage/indirect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Indirect
         * @description Addresses known only indirectly; sort by address, seen_at, source, vendor or mac.
         */
        get: operations["inventory-indirect"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage/neighbours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read Neighbours
         * @description Look at the kernel's neighbour tables now. Nothing is sent.
         */
        post: operations["inventory-read_neighbours"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credential-profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Credential Profiles
         * @description Credential profiles, without any secret; sort by name, type, created_at or updated_at.
         */
        get: operations["monitoring-credential_profiles"];
        put?: never;
        /**
         * Create Credential Profile
         * @description A new profile; its secrets are sealed before they are stored.
         */
        post: operations["monitoring-create_credential_profile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credential-profiles/{profile_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Credential Profile
         * @description One profile, without any secret.
         */
        get: operations["monitoring-credential_profile"];
        /**
         * Replace Credential Profile
         * @description Another version of a profile. A secret that is left out stays, unless port or protocol change.
         */
        put: operations["monitoring-replace_credential_profile"];
        post?: never;
        /**
         * Delete Credential Profile
         * @description Forget a profile; 400 while a monitor or a discovery profile uses it.
         */
        delete: operations["monitoring-delete_credential_profile"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credential-profiles/{profile_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test Credential Profile
         * @description Log in once at an address and say exactly what was refused; a few times a minute for each profile.
         */
        post: operations["monitoring-test_credential_profile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Devices
         * @description Devices that fit; sort by name, address, last_seen, first_seen, ports, vendor or type.
         */
        get: operations["inventory-devices"];
        put?: never;
        /**
         * Create Device
         * @description Write down a device by hand; 409 names the device that holds one of the addresses already.
         */
        post: operations["inventory-create_device"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export
         * @description Every device that fits, as CSV in UTF-8; no cell can become a formula.
         */
        get: operations["inventory-export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Facets
         * @description The most frequent values of the devices that fit, with counts.
         */
        get: operations["inventory-facets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{device_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Device
         * @description One device with its addresses, and where each fact comes from.
         */
        get: operations["inventory-device"];
        put?: never;
        post?: never;
        /**
         * Delete Device
         * @description Forget a device; what was said of it stays. If it is seen again it comes back as a new one.
         */
        delete: operations["inventory-delete_device"];
        options?: never;
        head?: never;
        /**
         * Change Device
         * @description Fix fields against what machines say; null lets one go again.
         */
        patch: operations["inventory-change_device"];
        trace?: never;
    };
    "/api/v1/devices/{device_id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Device Changes
         * @description What changed of one device, newest first.
         */
        get: operations["history-device_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{device_id}/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Identity
         * @description Why this is one device: every decision with its evidence, and who else was considered.
         */
        get: operations["inventory-identity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{device_id}/observations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Device Observations
         * @description The evidence: everything that was said of the device, newest first.
         */
        get: operations["inventory-device_observations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{device_id}/ports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Device Ports
         * @description Open ports; sort by port, service or last_seen.
         */
        get: operations["inventory-device_ports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{device_id}/rescan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rescan Device
         * @description Scan a device again, at all of its addresses that may be scanned.
         */
        post: operations["discovery-rescan_device"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{device_id}/since": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Since When
         * @description Since when each thing of a device is as it is, and what saw it first.
         */
        get: operations["history-since_when"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{device_id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Split
         * @description Make a device of its own of some addresses; no evidence joins the two again.
         */
        post: operations["inventory-split"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery-profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Discovery Profiles
         * @description Discovery profiles; sort by name, next_run_at, last_run_at or created_at.
         */
        get: operations["discovery-discovery_profiles"];
        put?: never;
        /**
         * Create Discovery Profile
         * @description A new profile; 404 where its credential profile is not there, 422 for a subnet that may not be scanned.
         */
        post: operations["discovery-create_discovery_profile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery-profiles/{discovery_profile_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Discovery Profile
         * @description One profile.
         */
        get: operations["discovery-discovery_profile"];
        /**
         * Replace Discovery Profile
         * @description Another version of a profile; it stays in its site.
         */
        put: operations["discovery-replace_discovery_profile"];
        post?: never;
        /**
         * Delete Discovery Profile
         * @description Forget a profile: nothing stands in the way, and the devices that it found remain.
         */
        delete: operations["discovery-delete_discovery_profile"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery-profiles/{discovery_profile_id}/found": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Last Found
         * @description What the last run found, as `run` answers it; 409 while there is none.
         */
        get: operations["discovery-last_found"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery-profiles/{discovery_profile_id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run Discovery Profile
         * @description Look who is there. Waits for the answer up to 50 seconds, then says which scan to watch.
         */
        post: operations["discovery-run_discovery_profile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/extensions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Extensions
         * @description Everything that is plugged in, with the schema of its options.
         */
        get: operations["operations-extensions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health
         * @description Answers as long as the process does, whatever the state of the database.
         */
        get: operations["operations-health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/host-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Host Keys
         * @description Host keys; `changed=true` for those that wait for somebody. Sort by address, pinned_at or offered_at.
         */
        get: operations["monitoring-host_keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/host-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Forget Host Key
         * @description Forget a server's key: the next contact is the first one again.
         */
        delete: operations["monitoring-forget_host_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/host-keys/{key_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept Host Key
         * @description Trust the key that the server shows now; checks log in there again.
         */
        post: operations["monitoring-accept_host_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hosts/{host_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Host
         * @description One host as one scan saw it.
         */
        get: operations["discovery-host"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Inbox
         * @description New finds, newest first, at most 100 a page, each with the devices that it may really be.
         */
        get: operations["inventory-inbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Actions
         * @description What was done in the inbox and by merging and splitting, newest first.
         */
        get: operations["inventory-actions"];
        put?: never;
        /**
         * Act
         * @description Approve, hide, ignore or merge devices, all of them or none; `undo_until` says how long it can be undone.
         */
        post: operations["inventory-act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/actions/{action_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo
         * @description Put back exactly what an action changed; 409 says why that is not possible any more.
         */
        post: operations["inventory-undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metric Units
         * @description Every metric with its unit, and the collectors that measure it.
         */
        get: operations["monitoring-metric_units"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitor-suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Monitor Suggestions
         * @description What could be watched and is not; sort by device, collector or port.
         */
        get: operations["monitoring-monitor_suggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitor-suggestions/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept Suggestions
         * @description Make monitors of suggestions; those that cannot be are named with the reason, and stop nothing.
         */
        post: operations["monitoring-accept_suggestions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitor-suggestions/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss Suggestions
         * @description Suggest these no more.
         */
        post: operations["monitoring-dismiss_suggestions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitor-suggestions/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore Suggestions
         * @description Suggest these again.
         */
        post: operations["monitoring-restore_suggestions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Monitors
         * @description Monitors, the worst first; sort by name, state, type, interval, last_polled, latency_ms or since.
         */
        get: operations["monitoring-monitors"];
        put?: never;
        /**
         * Create Monitor
         * @description Put a plugin to work; 404 says which of device, credential profile and plugin is not there.
         */
        post: operations["monitoring-create_monitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change Monitors
         * @description Pause, resume or set the interval of many: all of them, or none.
         */
        post: operations["monitoring-change_monitors"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Monitor Facets
         * @description How many monitors of those that fit have which state, collector, network and tag.
         */
        get: operations["monitoring-monitor_facets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/sparklines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sparklines
         * @description A line for each of up to 500 monitors: processor where that is measured, else how long the answer took.
         */
        get: operations["monitoring-sparklines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test Monitor
         * @description Try a monitor before it is saved: one check, phase by phase; nothing is kept.
         *
         *     With `Accept: application/x-ndjson` the phases come as lines while it runs, and the outcome as the last one.
         */
        post: operations["monitoring-test_monitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/{monitor_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Monitor
         * @description One monitor.
         */
        get: operations["monitoring-monitor"];
        /**
         * Replace Monitor
         * @description Another version of a monitor.
         */
        put: operations["monitoring-replace_monitor"];
        post?: never;
        /**
         * Delete Monitor
         * @description Forget a monitor and everything that it measured.
         */
        delete: operations["monitoring-delete_monitor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/{monitor_id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check Monitor
         * @description Test now: one check, phase by phase; nothing is kept, and no state turns.
         *
         *     With `Accept: application/x-ndjson` the phases come as lines while it runs, and the outcome as the last one.
         */
        post: operations["monitoring-check_monitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/{monitor_id}/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Monitor Failures
         * @description Why its last checks failed, newest first; the last 20 are kept.
         */
        get: operations["monitoring-monitor_failures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/{monitor_id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Latest Metrics
         * @description The newest values, percentages included.
         */
        get: operations["monitoring-latest_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/{monitor_id}/metrics/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Metrics
         * @description Every row of a range, as CSV in UTF-8; no cell can become a formula.
         */
        get: operations["monitoring-export_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/{monitor_id}/metrics/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics History
         * @description Rows as stored, the oldest first and paged; with `points`, a chart of the resolution that fits.
         */
        get: operations["monitoring-metrics_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/{monitor_id}/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Monitor Samples
         * @description The labelled series of a monitor, each with its newest value.
         */
        get: operations["monitoring-monitor_samples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/{monitor_id}/samples/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Samples History
         * @description One labelled series: values as stored, or with `points` a chart.
         */
        get: operations["monitoring-samples_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/{monitor_id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Monitor Schedule
         * @description When its next turn is, and how many turns were left out.
         */
        get: operations["monitoring-monitor_schedule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitors/{monitor_id}/states": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Monitor States
         * @description How it was doing, newest first.
         */
        get: operations["monitoring-monitor_states"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Networks
         * @description Networks; sort by cidr, name, vlan or created_at.
         */
        get: operations["inventory-networks"];
        put?: never;
        /**
         * Create Network
         * @description Write down a network, and with `scan_allowed` let it be scanned.
         */
        post: operations["inventory-create_network"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Network Proposals
         * @description Networks that this machine sees by itself. Nothing is sent: the kernel's own tables are read.
         */
        get: operations["inventory-network_proposals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks/{network_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Network
         * @description One network.
         */
        get: operations["inventory-network"];
        put?: never;
        post?: never;
        /**
         * Delete Network
         * @description Delete a network: nothing in it is scanned any more. Devices stay.
         */
        delete: operations["inventory-delete_network"];
        options?: never;
        head?: never;
        /**
         * Change Network
         * @description Describe a network, or allow or forbid scanning it.
         */
        patch: operations["inventory-change_network"];
        trace?: never;
    };
    "/api/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Overview
         * @description What is known so far, of every site that the caller may see or of one.
         */
        get: operations["inventory-overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plugins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Plugins
         * @description Plugins; sort by name, type or created_at. The collectors that they configure are in /extensions.
         */
        get: operations["monitoring-plugins"];
        put?: never;
        /**
         * Create Plugin
         * @description Configure a collector under a name.
         */
        post: operations["monitoring-create_plugin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plugins/{plugin_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Plugin
         * @description One plugin.
         */
        get: operations["monitoring-plugin"];
        /**
         * Replace Plugin
         * @description Configure it otherwise; every monitor that uses it follows.
         */
        put: operations["monitoring-replace_plugin"];
        post?: never;
        /**
         * Delete Plugin
         * @description Forget a plugin; 400 while a monitor uses it, 409 for a built-in one.
         */
        delete: operations["monitoring-delete_plugin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Projects
         * @description Projects; sort by name or created_at.
         */
        get: operations["discovery-projects"];
        put?: never;
        /**
         * Create Project
         * @description Start a project; without a site it is of the default one.
         */
        post: operations["discovery-create_project"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Project
         * @description One project.
         */
        get: operations["discovery-project"];
        put?: never;
        post?: never;
        /**
         * Delete Project
         * @description Forget a project that has no scans.
         */
        delete: operations["discovery-delete_project"];
        options?: never;
        head?: never;
        /**
         * Change Project
         * @description Rename or describe a project.
         */
        patch: operations["discovery-change_project"];
        trace?: never;
    };
    "/api/v1/projects/{project_id}/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Project Scans
         * @description The scans of a project, newest first.
         */
        get: operations["discovery-project_scans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provisioning-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Provisioning Rules
         * @description Provisioning rules; sort by name or created_at.
         */
        get: operations["monitoring-provisioning_rules"];
        put?: never;
        /**
         * Create Provisioning Rule
         * @description A new rule; what is known of its network already is looked at once.
         */
        post: operations["monitoring-create_provisioning_rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provisioning-rules/{rule_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Provisioning Rule
         * @description One rule.
         */
        get: operations["monitoring-provisioning_rule"];
        /**
         * Replace Provisioning Rule
         * @description Another version of a rule; monitors that it made stay as they are.
         */
        put: operations["monitoring-replace_provisioning_rule"];
        post?: never;
        /**
         * Delete Provisioning Rule
         * @description Forget a rule; its monitors stay.
         */
        delete: operations["monitoring-delete_provisioning_rule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ready
         * @description 200 when it can do its work (even degraded), 503 when it cannot.
         */
        get: operations["operations-ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scan Profiles
         * @description The named ways to scan, what each cannot do here, and the options of the custom one.
         */
        get: operations["discovery-scan_profiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Schedules
         * @description Schedules; sort by name, next_run_at or last_run_at.
         */
        get: operations["discovery-schedules"];
        put?: never;
        /**
         * Create Schedule
         * @description Have a scan run by the clock; targets and options are judged now, and again at each run.
         */
        post: operations["discovery-create_schedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-schedules/{schedule_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Schedule
         * @description One schedule.
         */
        get: operations["discovery-schedule"];
        put?: never;
        post?: never;
        /**
         * Delete Schedule
         * @description Forget a schedule; its scans stay.
         */
        delete: operations["discovery-delete_schedule"];
        options?: never;
        head?: never;
        /**
         * Change Schedule
         * @description Change what is given; the next run is worked out anew.
         */
        patch: operations["discovery-change_schedule"];
        trace?: never;
    };
    "/api/v1/scan-schedules/{schedule_id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run Schedule
         * @description Run it now, out of turn.
         */
        post: operations["discovery-run_schedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scans
         * @description Scans, newest first; sort by created_at, started_at, finished_at, name, status or hosts_up.
         */
        get: operations["discovery-scans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Scan
         * @description Take in a report of nmap's from elsewhere, up to 64 MB: each host is evidence with the source import.
         */
        post: operations["discovery-import_scan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start Scan
         * @description Start a scan: it is written down with all its chunks, and runs when there is room.
         */
        post: operations["discovery-start_scan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scan
         * @description One scan.
         */
        get: operations["discovery-scan"];
        put?: never;
        post?: never;
        /**
         * Delete Scan
         * @description Forget a scan with its log and files; devices and what was observed of them stay.
         */
        delete: operations["discovery-delete_scan"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scan Artifacts
         * @description The files of a scan.
         */
        get: operations["discovery-scan_artifacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/chunks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scan Chunks
         * @description The chunks of a scan with their files, in order.
         */
        get: operations["discovery-scan_chunks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/chunks/{number}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry Chunk
         * @description Run one chunk of a scan that is at rest again: what it is missing, or all of it where it was done.
         */
        post: operations["discovery-retry_chunk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/chunks/{number}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Split Chunk
         * @description Hand what a chunk is missing to pieces of at most half its size, and run those; answers the chunk.
         */
        post: operations["discovery-split_chunk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare Scans
         * @description What is different from an earlier scan, at addresses and ports that both asked, by address.
         */
        get: operations["discovery-compare_scans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/difficult-targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Difficult Targets
         * @description The addresses that were put aside, by address: each with a code, a sentence and its chunk.
         */
        get: operations["discovery-difficult_targets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/difficult-targets/{target_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry Target
         * @description Ask an address that was put aside again, in a chunk of its own.
         */
        post: operations["discovery-retry_target"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Scan
         * @description The hosts of a scan: XML as nmap writes it, JSON, or CSV in which no cell can become a formula.
         */
        get: operations["discovery-export_scan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/heatmap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scan Heatmap
         * @description The addresses of a scan in about so many cells: what was asked, what answered, what is difficult.
         */
        get: operations["discovery-scan_heatmap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scan Hosts
         * @description The hosts that a scan saw, by address.
         */
        get: operations["discovery-scan_hosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scan Lines
         * @description The log as the WebSocket sent it; `next` is the `after` of the page that follows, `total` all that fit.
         */
        get: operations["discovery-scan_lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/log.txt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scan Log
         * @description Every line with its time and chunk, to save and never to show: it holds what strangers' devices said.
         */
        get: operations["discovery-scan_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause Scan
         * @description Pause a scan: what runs is ended at once, finished hosts are kept, and it waits for a resume.
         */
        post: operations["discovery-pause_scan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume Scan
         * @description Run the rest of a scan: whatever its chunks are missing.
         */
        post: operations["discovery-resume_scan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scan Sample
         * @description Which /24s of a sample are in use, by address. There is none for a scan of another profile.
         */
        get: operations["discovery-scan_sample"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans/{scan_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop Scan
         * @description Stop a scan; nmap is killed at once, and what was found stays.
         */
        post: operations["discovery-stop_scan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search
         * @description Whatever bears the words, devices first; nothing for an empty query.
         */
        get: operations["inventory-search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retention
         * @description How long measures are kept.
         */
        get: operations["monitoring-retention"];
        /**
         * Change Retention
         * @description Keep measures that long: what is older goes within minutes, in whole partitions, when it is summed.
         */
        put: operations["monitoring-change_retention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sites
         * @description Sites that the caller may see; sort by name or created_at.
         */
        get: operations["inventory-sites"];
        put?: never;
        /**
         * Create Site
         * @description A new site.
         */
        post: operations["inventory-create_site"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{site_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Site
         * @description One site.
         */
        get: operations["inventory-site"];
        put?: never;
        post?: never;
        /**
         * Delete Site
         * @description Delete a site in which nothing is left; the default one stays.
         */
        delete: operations["inventory-delete_site"];
        options?: never;
        head?: never;
        /**
         * Change Site
         * @description Rename or describe a site.
         */
        patch: operations["inventory-change_site"];
        trace?: never;
    };
    "/api/v1/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Snapshots
         * @description Every state that has a name, newest first.
         */
        get: operations["history-list_snapshots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/snapshots/{snapshot_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One Snapshot
         * @description One of them.
         */
        get: operations["history-one_snapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Status
         * @description Version, storage level, powers and loops, for people who are logged in; the version for everybody.
         */
        get: operations["operations-status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tags
         * @description Tags by name, with how often each is used where the caller may look.
         */
        get: operations["inventory-tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/targets/expand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Expand Targets
         * @description What targets mean and what scanning them would cost; nothing is sent to them.
         */
        post: operations["discovery-expand_targets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/targets/{address}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Target History
         * @description Everything that was ever observed at an address, newest first.
         */
        get: operations["discovery-target_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Users
         * @description The users that you may manage; sorts by username, role, created_at, last_login_at.
         */
        get: operations["users-list_users"];
        put?: never;
        /**
         * Create User
         * @description Make a user.
         */
        post: operations["users-create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get User
         * @description One user.
         */
        get: operations["users-get_user"];
        put?: never;
        post?: never;
        /**
         * Delete User
         * @description Remove a user with their sessions and tokens; what they did stays in the audit log.
         */
        delete: operations["users-delete_user"];
        options?: never;
        head?: never;
        /**
         * Change User
         * @description Change a user; a new role, password or site limit bites within five seconds.
         */
        patch: operations["users-change_user"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AcceptIn
         * @description Suggestions by key, or all that fit; which login for which type; how often.
         */
        AcceptIn: {
            /** @description Everything that fits, at most 500 at once */
            all?: components["schemas"]["Filters"] | null;
            /**
             * Credential Profile Ids
             * @description A type that is left out: the only profile of that type, if there is one
             */
            credential_profile_ids?: {
                [key: string]: number;
            };
            /**
             * Interval
             * @description Seconds; null: the collector's usual interval
             */
            interval?: number | null;
            /** Keys */
            keys?: string[] | null;
        };
        /**
         * Acceptance
         * @description Which key is meant: a key that came since then is not accepted by accident.
         */
        Acceptance: {
            /**
             * Fingerprint
             * @description As `ssh-keygen -l` shows it
             */
            fingerprint: string;
        };
        /**
         * AcceptedOut
         * @description What came of it; `more` says that more fit than are made at once.
         */
        AcceptedOut: {
            /** Created */
            created: number;
            /** Monitor Ids */
            monitor_ids: number[];
            /** More */
            more: boolean;
            /** Skipped */
            skipped: components["schemas"]["backend__api__monitoring__suggestion_schemas__SkippedOut"][];
        };
        /**
         * ApiToken
         * @description A key for scripts, without its secret.
         */
        ApiToken: {
            /** Created At */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Id */
            id: number;
            /** Last Used At */
            last_used_at: string | null;
            /** Name */
            name: string;
            /** Prefix */
            prefix: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "operator" | "viewer";
            /** Site Ids */
            site_ids: number[];
            /** User Id */
            user_id: number;
            /** Username */
            username: string;
        };
        /**
         * ArtifactOut
         * @description A file that a chunk left.
         */
        ArtifactOut: {
            /** Chunk Id */
            chunk_id: number;
            /** Complete */
            complete: boolean;
            /** Created At */
            created_at: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "xml" | "nmap" | "gnmap";
            /** Scan Id */
            scan_id: number;
            /** Size */
            size: number;
            /** Uid */
            uid: string;
        };
        /**
         * AuditEvent
         * @description Something that somebody did.
         */
        AuditEvent: {
            /** Action */
            action: string;
            /** Actor */
            actor: string;
            /**
             * Actor Kind
             * @enum {string}
             */
            actor_kind: "user" | "token" | "system" | "cli" | "anonymous";
            /** Address */
            address: string | null;
            /** At */
            at: string;
            /** Detail */
            detail: {
                [key: string]: unknown;
            };
            /** Entity */
            entity: string;
            /** Entity Id */
            entity_id: string | null;
            /** Id */
            id: number;
        };
        /**
         * AutoProvisionIn
         * @description What is watched of what a run finds.
         */
        AutoProvisionIn: {
            /**
             * Collectors
             * @description None: every one that needs no other login than the profile's
             */
            collectors?: string[];
            /**
             * Interval
             * @description Seconds; null: the collector's usual interval
             */
            interval?: number | null;
        };
        /**
         * AutoProvisionOut
         * @description What is watched of what a run finds.
         */
        AutoProvisionOut: {
            /** Collectors */
            collectors: string[];
            /** Interval */
            interval: number | null;
        };
        /**
         * Because
         * @description A reason as a code with what fills its sentence.
         */
        Because: {
            /** Code */
            code: string;
            /** Params */
            params: {
                [key: string]: string | number | null;
            };
        };
        /**
         * BlackoutIn
         * @description A window in which networks are left alone.
         */
        BlackoutIn: {
            /**
             * Cron
             * @description When it begins
             */
            cron: string;
            /** Duration Min */
            duration_min: number;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
            /** Name */
            name: string;
            /**
             * Networks
             * @description None: every network of the site
             */
            networks?: string[];
            /**
             * Site Id
             * @description Absent: the default project's site
             */
            site_id?: number | null;
            /**
             * Timezone
             * @default UTC
             */
            timezone?: string;
        };
        /**
         * BlackoutOut
         * @description A blackout window, and whether it is open now.
         */
        BlackoutOut: {
            /** Active Now */
            active_now: boolean;
            /** Active Until */
            active_until: string | null;
            /** Created At */
            created_at: string;
            /** Cron */
            cron: string;
            /** Duration Min */
            duration_min: number;
            /** Enabled */
            enabled: boolean;
            /** Id */
            id: number;
            /** Name */
            name: string;
            /** Networks */
            networks: string[];
            /** Next Start At */
            next_start_at: string | null;
            /** Site Id */
            site_id: number;
            /** Timezone */
            timezone: string;
            /** Uid */
            uid: string;
        };
        /**
         * BlackoutPatch
         * @description What should be different about a window.
         */
        BlackoutPatch: {
            /** Cron */
            cron?: string;
            /** Duration Min */
            duration_min?: number;
            /** Enabled */
            enabled?: boolean;
            /** Name */
            name?: string;
            /** Networks */
            networks?: string[];
            /** Timezone */
            timezone?: string;
        };
        /**
         * BulkMonitors
         * @description What to do with many monitors at once.
         */
        BulkMonitors: {
            /** Enabled */
            enabled?: boolean | null;
            /** Ids */
            ids: number[];
            /** Polling Interval */
            polling_interval?: number | null;
        };
        /**
         * CanOut
         * @description What may be done with the scan in its present state, by somebody who may.
         */
        CanOut: {
            /** Delete */
            delete: boolean;
            /** Pause */
            pause: boolean;
            /** Resume */
            resume: boolean;
            /** Retry Chunks */
            retry_chunks: boolean;
            /** Stop */
            stop: boolean;
        };
        /**
         * CapabilitiesOut
         * @description With which powers it ran: without raw sockets there is no SYN, UDP or OS detection.
         */
        CapabilitiesOut: {
            /** Raw Sockets */
            raw_sockets: boolean;
        };
        /**
         * CellOut
         * @description One part of a scan's addresses; `status` is that of its chunks, the one that matters most.
         */
        CellOut: {
            /** Addresses */
            addresses: number;
            /** Asked */
            asked: number;
            /** Difficult */
            difficult: number;
            /** First */
            first: string;
            /** Last */
            last: string;
            /** Ports */
            ports: number;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "done" | "partial" | "failed" | "stopped" | "parked";
            /** Up */
            up: number;
        };
        /**
         * Change
         * @description One thing that changed, once.
         */
        Change: {
            /** At */
            at: string;
            /**
             * Device Id
             * @description Null once the device is gone
             */
            device_id: number | null;
            /** Device Name */
            device_name: string;
            /**
             * Device Uid
             * Format: uuid
             */
            device_uid: string;
            /** Id */
            id: number;
            /**
             * Key
             * @description What of the device: os, address:ipv4:10.0.0.1, port:tcp:22, version:tcp:22; empty: the device as a whole
             */
            key: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "device_new" | "device_removed" | "device_silent" | "device_returned" | "name_changed" | "hostname_changed" | "type_changed" | "vendor_changed" | "os_changed" | "address_gained" | "address_lost" | "port_opened" | "port_closed" | "service_changed" | "version_changed";
            /** New */
            new: string | null;
            /**
             * Noise
             * @description Why it is left out unless it is asked for
             */
            noise: "flapping" | null;
            /** Old */
            old: string | null;
            /** Scan Id */
            scan_id: number | null;
            /** Scan Name */
            scan_name: string | null;
            /** Site Id */
            site_id: number;
            /** Snapshot Id */
            snapshot_id: number;
            /**
             * Source
             * @description Who says so
             */
            source: string | null;
        };
        /**
         * ChangeOut
         * @description One difference; `port` such as `22/tcp`, `old` and `new` in words where there are any.
         */
        ChangeOut: {
            /** Address */
            address: string;
            /** Device Id */
            device_id: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "host_new" | "host_gone" | "port_opened" | "port_closed" | "service_changed" | "os_changed" | "name_changed";
            /** New */
            new: string | null;
            /** Old */
            old: string | null;
            /** Port */
            port: string | null;
        };
        /**
         * Changed
         * @description How many things were changed.
         */
        Changed: {
            /** Changed */
            changed: number;
        };
        /**
         * CheckOut
         * @description One thing that was looked at.
         */
        CheckOut: {
            /** Code */
            code: string;
            /** Ok */
            ok: boolean;
        };
        /**
         * CheckPhase
         * @description One step of a check and how long it took.
         */
        CheckPhase: {
            /** Detail */
            detail: string;
            /** Ms */
            ms: number;
            /** Name */
            name: string;
        };
        /**
         * CheckTried
         * @description What a test came to, phase by phase. Nothing of it is kept.
         */
        CheckTried: {
            /** Address */
            address: string;
            /** Facts */
            facts: {
                [key: string]: string;
            };
            failure: components["schemas"]["backend__api__monitoring__schemas__Reason"] | null;
            /** Phase */
            phase: string;
            /** Phases */
            phases: components["schemas"]["CheckPhase"][];
            recheck: components["schemas"]["Recheck"] | null;
            /** Samples */
            samples: number;
            /** Up */
            up: boolean;
            /** Values */
            values: {
                [key: string]: number | null;
            };
        };
        /**
         * ChunkCountsOut
         * @description Chunks by state.
         */
        ChunkCountsOut: {
            /** Done */
            done: number;
            /** Failed */
            failed: number;
            /** Parked */
            parked: number;
            /** Partial */
            partial: number;
            /** Queued */
            queued: number;
            /** Running */
            running: number;
            /** Stopped */
            stopped: number;
            /** Total */
            total: number;
        };
        /**
         * ChunkOut
         * @description A part of a scan that one nmap deals with. `targets` names at most 256 ranges; `target_count` counts all.
         */
        ChunkOut: {
            /** Artifacts */
            artifacts: components["schemas"]["ArtifactOut"][];
            /** Attempts */
            attempts: number;
            /** Finished At */
            finished_at: string | null;
            /** Hosts Done */
            hosts_done: number;
            /** Hosts Up */
            hosts_up: number;
            /** Id */
            id: number;
            message: components["schemas"]["MessageOut"] | null;
            /** Number */
            number: number;
            /** Parent */
            parent: number | null;
            /** Started At */
            started_at: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "done" | "partial" | "failed" | "stopped" | "parked";
            /** Target Count */
            target_count: number;
            /** Targets */
            targets: string[];
            /** Uid */
            uid: string;
        };
        /**
         * Comparison
         * @description Everything that is different between two points in time, a page of it.
         */
        Comparison: {
            /**
             * Counts
             * @description How many of each kind there are
             */
            counts: {
                [key: string]: number;
            };
            /** @description Null: before history began */
            from_snapshot: components["schemas"]["Snapshot"] | null;
            /** Items */
            items: components["schemas"]["DifferenceOut"][];
            /** Next */
            next: string | null;
            /** Site Id */
            site_id: number;
            to_snapshot: components["schemas"]["Snapshot"] | null;
            /** Total */
            total: number;
        };
        /**
         * ComparisonOut
         * @description A page of differences, all of them counted by kind, and the scan that this one was compared with.
         *
         *     `ports_compared` is false where the two asked different ports that cannot be told apart.
         */
        ComparisonOut: {
            /** Addresses Compared */
            addresses_compared: number;
            /** Compared With */
            compared_with: number | null;
            /** Items */
            items: components["schemas"]["ChangeOut"][];
            /** Next */
            next: string | null;
            /** Ports Compared */
            ports_compared: boolean;
            /** Total */
            total: number;
            /** Totals */
            totals: {
                [key: string]: number;
            };
        };
        /**
         * Coverage
         * @description How far a network is known.
         */
        Coverage: {
            /** Addresses */
            addresses: number;
            /** Cidr */
            cidr: string;
            /** Devices */
            devices: number;
            /** Last Scan At */
            last_scan_at: string | null;
            /** Name */
            name: string;
            /** Network Id */
            network_id: number;
        };
        /**
         * CoverageRange
         * @description Addresses side by side of which the same is to be said.
         */
        CoverageRange: {
            /** Addresses */
            addresses: number;
            /** First */
            first: string;
            /** Last */
            last: string;
            /** Last At */
            last_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "scanned" | "never" | "indirect";
        };
        /**
         * CredentialProfile
         * @description A credential profile; `secrets_set` names the secrets that are there, nothing gives them out.
         */
        CredentialProfile: {
            /** Config */
            config: {
                [key: string]: unknown;
            };
            /** Created At */
            created_at: string;
            /** Discovery Profiles */
            discovery_profiles: number;
            /** Domain */
            domain: string;
            /** Id */
            id: number;
            /** Monitors */
            monitors: number;
            /** Name */
            name: string;
            /** Port */
            port: number | null;
            /** Secrets Set */
            secrets_set: string[];
            /** Site Id */
            site_id: number | null;
            /**
             * Type
             * @enum {string}
             */
            type: "winrm" | "ssh" | "snmp_v2c" | "snmp_v3" | "http_basic" | "http_bearer" | "proxmox";
            /** Uid */
            uid: string;
            /** Updated At */
            updated_at: string;
            /** Use Ssl */
            use_ssl: boolean;
            /** Username */
            username: string;
            /** Version */
            version: number;
        };
        /**
         * CredentialTest
         * @description Where to try a login.
         */
        CredentialTest: {
            /**
             * Address
             * @description An address or a host name
             */
            address: string;
            /**
             * Collector
             * @description Unset: the one that is made for this type of login
             */
            collector?: string | null;
            /**
             * Port
             * @description Unset: the profile's, else the usual one
             */
            port?: number | null;
        };
        /**
         * CredentialTested
         * @description What came of it.
         *
         *     `login_accepted`; `login_not_asked`: strangers are let in too, so nothing is known of the login; else what was
         *     refused, in which phase.
         */
        CredentialTested: {
            /** Address */
            address: string;
            /** Code */
            code: string;
            /** Collector */
            collector: string;
            /** Facts */
            facts: {
                [key: string]: string;
            };
            /** Ok */
            ok: boolean;
            /** Params */
            params: {
                [key: string]: unknown;
            };
            /** Phase */
            phase: string;
            /** Phases */
            phases: components["schemas"]["CheckPhase"][];
            /** Text */
            text: string;
        };
        /**
         * Decided
         * @description How many suggestions were put aside, or taken back.
         */
        Decided: {
            /** Changed */
            changed: number;
        };
        /**
         * Device
         * @description One real thing, whoever told us of it. `ports` are the first few; addresses and facts only on one device.
         */
        Device: {
            /** Addresses */
            addresses?: components["schemas"]["DeviceAddress"][] | null;
            /** Facts */
            facts?: {
                [key: string]: components["schemas"]["Fact"];
            } | null;
            /** First Seen */
            first_seen: string;
            /** Hostname */
            hostname: string | null;
            /** Id */
            id: number;
            /**
             * Inbox State
             * @enum {string}
             */
            inbox_state: "new" | "approved" | "hidden" | "ignored";
            /** Last Seen */
            last_seen: string;
            /** Mac */
            mac: string | null;
            /** Manual */
            manual: boolean;
            /** Name */
            name: string;
            /** Notes */
            notes: string;
            /** Os */
            os: string | null;
            /** Os Accuracy */
            os_accuracy: number | null;
            /** Ports */
            ports: components["schemas"]["OpenPort"][];
            /** Ports Open */
            ports_open: number;
            /** Primary Address */
            primary_address: string | null;
            /** Site Id */
            site_id: number;
            /** Sources */
            sources: string[];
            /**
             * Status
             * @enum {string}
             */
            status: "up" | "unknown";
            /** Tags */
            tags: string[];
            /** Type */
            type: string;
            /** Uid */
            uid: string;
            /** Vendor */
            vendor: string | null;
            /** Version */
            version: number;
        };
        /**
         * DeviceAddress
         * @description One address of a device; `current` until another device of the site was seen with it.
         */
        DeviceAddress: {
            /** Address */
            address: string;
            /** Current */
            current: boolean;
            /** First Seen */
            first_seen: string;
            /** Id */
            id: number;
            /**
             * Kind
             * @enum {string}
             */
            kind: "ipv4" | "ipv6" | "mac" | "name";
            /** Last Seen */
            last_seen: string;
            /** Source */
            source: string;
        };
        /**
         * DeviceCreate
         * @description A device written down by hand; what is given here stays until a person changes it.
         */
        DeviceCreate: {
            /** Address */
            address?: string | null;
            /** Addresses */
            addresses?: string[];
            /** Hostname */
            hostname?: string | null;
            /** Mac */
            mac?: string | null;
            /** Name */
            name: string;
            /**
             * Notes
             * @default
             */
            notes?: string;
            /** Os */
            os?: string | null;
            /** Site Id */
            site_id?: number | null;
            /** Tags */
            tags?: string[];
            /** Type */
            type?: string | null;
            /** Vendor */
            vendor?: string | null;
        };
        /**
         * DeviceFacets
         * @description The most frequent values of the devices that fit.
         */
        DeviceFacets: {
            /** Inbox */
            inbox: components["schemas"]["Facet"][];
            /** Network */
            network: components["schemas"]["Facet"][];
            /** Os */
            os: components["schemas"]["Facet"][];
            /** Port */
            port: components["schemas"]["Facet"][];
            /** Service */
            service: components["schemas"]["Facet"][];
            /** Source */
            source: components["schemas"]["Facet"][];
            /** Tag */
            tag: components["schemas"]["Facet"][];
            /** Type */
            type: components["schemas"]["Facet"][];
            /** Vendor */
            vendor: components["schemas"]["Facet"][];
        };
        /**
         * DeviceNumbers
         * @description Devices in numbers; `named` are those to which a person gave a name.
         */
        DeviceNumbers: {
            /** By Type */
            by_type: components["schemas"]["TypeCount"][];
            /** Inbox */
            inbox: number;
            /** Named */
            named: number;
            /** New 24H */
            new_24h: number;
            /** Total */
            total: number;
            /** Up */
            up: number;
        };
        /**
         * DevicePatch
         * @description What should be different; null lets a fixed field go again. `version` guards against a change in between.
         */
        DevicePatch: {
            /** Hostname */
            hostname?: string | null;
            /** Name */
            name?: string | null;
            /** Notes */
            notes?: string | null;
            /** Os */
            os?: string | null;
            /** Tags */
            tags?: string[] | null;
            /** Type */
            type?: string | null;
            /** Vendor */
            vendor?: string | null;
            /** Version */
            version?: number | null;
        };
        /**
         * DifferenceOut
         * @description One thing that is different between two points in time.
         */
        DifferenceOut: {
            /** Device Id */
            device_id: number | null;
            /** Device Name */
            device_name: string;
            /**
             * Device Uid
             * Format: uuid
             */
            device_uid: string;
            /**
             * Key
             * @description What of the device: os, address:ipv4:10.0.0.1, port:tcp:22, version:tcp:22; empty: the device as a whole
             */
            key: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "device_new" | "device_removed" | "device_silent" | "device_returned" | "name_changed" | "hostname_changed" | "type_changed" | "vendor_changed" | "os_changed" | "address_gained" | "address_lost" | "port_opened" | "port_closed" | "service_changed" | "version_changed";
            /** New */
            new: string | null;
            /** Old */
            old: string | null;
        };
        /**
         * DifficultTargetOut
         * @description An address that was put aside so that the rest could go on.
         */
        DifficultTargetOut: {
            /** Address */
            address: string;
            /** Chunk */
            chunk: number;
            /** Code */
            code: string;
            /** Device Id */
            device_id: number | null;
            /** Id */
            id: number;
            /** Params */
            params: {
                [key: string]: unknown;
            };
            /** Seen At */
            seen_at: string;
            /**
             * State
             * @enum {string}
             */
            state: "parked" | "retried" | "released";
            /** Text */
            text: string;
        };
        /**
         * DiscoveryProfileIn
         * @description A subnet, a login, and what is to become of who answers there.
         */
        DiscoveryProfileIn: {
            /** @description Null: nothing is watched by itself */
            auto_provision?: components["schemas"]["AutoProvisionIn"] | null;
            /** Credential Profile Id */
            credential_profile_id: number;
            /**
             * Cron
             * @description minute hour day month weekday, or @daily and the like; null: only when asked
             */
            cron?: string | null;
            /**
             * Enabled
             * @description Whether the clock may start it
             * @default true
             */
            enabled?: boolean;
            /** Name */
            name: string;
            /**
             * Port Scan
             * @description Also ask for 135, 5985, 5986 and the ports of the login's kind
             * @default true
             */
            port_scan?: boolean;
            /**
             * Site Id
             * @description On creation; absent: the default site
             */
            site_id?: number | null;
            /**
             * Subnet
             * @description A network, a range or an address: 10.0.5.0/24, 10.0.5.1-10.0.5.50, 10.0.5.7
             */
            subnet: string;
            /**
             * Timezone
             * @default UTC
             */
            timezone?: string;
        };
        /**
         * DiscoveryProfileOut
         * @description A discovery profile; `running_scan_id` is the scan of a run that is not over.
         */
        DiscoveryProfileOut: {
            auto_provision: components["schemas"]["AutoProvisionOut"] | null;
            /** Created At */
            created_at: string;
            /** Credential Profile Id */
            credential_profile_id: number;
            /** Cron */
            cron: string | null;
            /** Enabled */
            enabled: boolean;
            /** Id */
            id: number;
            last_error: components["schemas"]["RunErrorOut"] | null;
            last_result: components["schemas"]["RunResultOut"] | null;
            /** Last Run At */
            last_run_at: string | null;
            /** Last Scan Id */
            last_scan_id: number | null;
            /** Name */
            name: string;
            /** Next Run At */
            next_run_at: string | null;
            /** Port Scan */
            port_scan: boolean;
            /** Running Scan Id */
            running_scan_id: number | null;
            /** Site Id */
            site_id: number;
            /** Subnet */
            subnet: string;
            /** Timezone */
            timezone: string;
            /** Uid */
            uid: string;
        };
        /**
         * DiskNow
         * @description Disk space in bytes, and the share in use.
         */
        DiskNow: {
            /** Percent */
            percent: number | null;
            /** Total */
            total: number | null;
            /** Used */
            used: number | null;
        };
        /**
         * EvidenceItem
         * @description One thing that speaks for (positive points) or against (negative).
         */
        EvidenceItem: {
            /** Kind */
            kind: string;
            /** Value */
            value: string;
            /** Weight */
            weight: number;
        };
        /**
         * ExpandIn
         * @description Targets to look at before a scan.
         */
        ExpandIn: {
            /**
             * Chunk Size
             * @description Addresses in a chunk; absent: the profile's
             */
            chunk_size?: number | null;
            /**
             * Concurrency
             * @default 2
             */
            concurrency?: number;
            /** Exclusions */
            exclusions?: string | string[];
            /**
             * Max Rate
             * @description Packets a second at most; absent: the profile's pace
             */
            max_rate?: number | null;
            options?: components["schemas"]["ScanOptionsIn"] | null;
            /**
             * Profile
             * @default standard
             * @enum {string}
             */
            profile?: "sweep" | "sample" | "quick" | "standard" | "full" | "custom";
            /**
             * Site Id
             * @description Absent: the default project's site
             */
            site_id?: number | null;
            /** Targets */
            targets: string | string[];
        };
        /**
         * Expansion
         * @description What the targets mean, and what scanning them would cost.
         *
         *     A sample asks `address_count` addresses of `sampled_networks` /24s within `ranges`; other scans ask all.
         */
        Expansion: {
            /** Address Count */
            address_count: number;
            /** Chunks Estimated */
            chunks_estimated: number;
            /** Names */
            names: components["schemas"]["NamedAddresses"][];
            /** Networks */
            networks: components["schemas"]["NamedNetwork"][];
            /** Packets Estimated */
            packets_estimated: number;
            /** Ranges */
            ranges: string[];
            /** Sampled Networks */
            sampled_networks: number;
            /** Seconds Estimated */
            seconds_estimated: number;
        };
        /**
         * Extension
         * @description Something plugged in: one file in one of four folders.
         */
        Extension: {
            /**
             * Credential Needed
             * @default false
             */
            credential_needed?: boolean;
            /**
             * Credentials
             * @default []
             */
            credentials?: string[];
            /** Default Interval S */
            default_interval_s?: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "source" | "collector" | "sync" | "notifier";
            /** Name */
            name: string;
            /** Options Schema */
            options_schema: {
                [key: string]: unknown;
            };
            /** Summary */
            summary: string;
        };
        /**
         * Facet
         * @description A value, and how many of the devices have it; `label` where the value is a number that stands for a name.
         */
        Facet: {
            /** Count */
            count: number;
            /** Label */
            label?: string | null;
            /** Value */
            value: string;
        };
        /**
         * Fact
         * @description One field, and where its value comes from; `pinned` where a person fixed it.
         */
        Fact: {
            /** Confidence */
            confidence: number | null;
            /** Losing */
            losing: components["schemas"]["LosingFact"][];
            /** Observed At */
            observed_at: string;
            /** Pinned */
            pinned: boolean;
            /** Pinned By */
            pinned_by: string | null;
            /** Source */
            source: string;
            /** Value */
            value: string | null;
        };
        /**
         * Failure
         * @description A check that failed: when, why in words, and in which phase.
         */
        Failure: {
            /** At */
            at: string;
            /** Code */
            code: string;
            /** Params */
            params: {
                [key: string]: unknown;
            };
            /** Phase */
            phase: string;
            /** Phases */
            phases: components["schemas"]["CheckPhase"][];
            recheck: components["schemas"]["Recheck"] | null;
            /** Text */
            text: string;
        };
        /**
         * FieldProblem
         * @description One field and what is wrong with it.
         */
        FieldProblem: {
            /** Code */
            code: string;
            /**
             * Detail
             * @default
             */
            detail?: string;
            /** Field */
            field: string;
            /** Params */
            params?: {
                [key: string]: unknown;
            };
        };
        /**
         * Filters
         * @description Which suggestions; what is left out means any.
         */
        Filters: {
            /** Collectors */
            collectors?: string[];
            /** Device Id */
            device_id?: number | null;
            /** Network Id */
            network_id?: number | null;
        };
        /**
         * Found
         * @description What a run found: every one who answered; `devices` are the first of them, by address.
         */
        Found: {
            /** Devices */
            devices: components["schemas"]["FoundDeviceOut"][];
            /** Found */
            found: number;
            /** Provisioned */
            provisioned: number;
            /** Scan Id */
            scan_id: number;
            /** Windows */
            windows: number;
        };
        /**
         * FoundDeviceOut
         * @description A device that answered; `windows` where it was recognised as one.
         */
        FoundDeviceOut: {
            /** Created At */
            created_at: string;
            /** Discovery Id */
            discovery_id: number;
            /** Hostname */
            hostname: string | null;
            /** Id */
            id: number;
            /** Ip */
            ip: string;
            /** Name */
            name: string;
            /** Os */
            os: string | null;
            /** Type */
            type: string;
            /** Windows */
            windows: boolean;
        };
        /**
         * Health
         * @description A sign of life.
         */
        Health: {
            /**
             * Status
             * @default ok
             * @constant
             */
            status?: "ok";
        };
        /**
         * HeatmapOut
         * @description A scan's addresses as cells, in order.
         */
        HeatmapOut: {
            /** Cells */
            cells: components["schemas"]["CellOut"][];
        };
        /**
         * History
         * @description Rows or points of a monitor.
         */
        History: {
            /** Data */
            data: components["schemas"]["HistoryPoint"][];
            /** From */
            from: string;
            /** Next */
            next: string | null;
            /**
             * Resolution
             * @enum {string}
             */
            resolution: "raw" | "5m" | "1h" | "1d";
            /** Step S */
            step_s: number;
            /** To */
            to: string;
        };
        /**
         * HistoryPoint
         * @description A row as stored, or with `points` a bucket: each metric's mean with `_min` and `_max`, `up` the share that
         *     answered, `count` the rows in it. What was not asked for is not there; what was not measured is null.
         */
        HistoryPoint: {
            /** Count */
            count?: number | null;
            /** Cpu Percent */
            cpu_percent?: number | null;
            /** Cpu Percent Max */
            cpu_percent_max?: number | null;
            /** Cpu Percent Min */
            cpu_percent_min?: number | null;
            /** Disk Percent */
            disk_percent?: number | null;
            /** Disk Percent Max */
            disk_percent_max?: number | null;
            /** Disk Percent Min */
            disk_percent_min?: number | null;
            /** Disk Total */
            disk_total?: number | null;
            /** Disk Total Max */
            disk_total_max?: number | null;
            /** Disk Total Min */
            disk_total_min?: number | null;
            /** Disk Used */
            disk_used?: number | null;
            /** Disk Used Max */
            disk_used_max?: number | null;
            /** Disk Used Min */
            disk_used_min?: number | null;
            /** Latency Ms */
            latency_ms?: number | null;
            /** Latency Ms Max */
            latency_ms_max?: number | null;
            /** Latency Ms Min */
            latency_ms_min?: number | null;
            /** Memory Percent */
            memory_percent?: number | null;
            /** Memory Percent Max */
            memory_percent_max?: number | null;
            /** Memory Percent Min */
            memory_percent_min?: number | null;
            /** Memory Total */
            memory_total?: number | null;
            /** Memory Total Max */
            memory_total_max?: number | null;
            /** Memory Total Min */
            memory_total_min?: number | null;
            /** Memory Used */
            memory_used?: number | null;
            /** Memory Used Max */
            memory_used_max?: number | null;
            /** Memory Used Min */
            memory_used_min?: number | null;
            /** Net Capacity Ps */
            net_capacity_ps?: number | null;
            /** Net Capacity Ps Max */
            net_capacity_ps_max?: number | null;
            /** Net Capacity Ps Min */
            net_capacity_ps_min?: number | null;
            /** Net Recv Percent */
            net_recv_percent?: number | null;
            /** Net Recv Percent Max */
            net_recv_percent_max?: number | null;
            /** Net Recv Percent Min */
            net_recv_percent_min?: number | null;
            /** Net Recv Ps */
            net_recv_ps?: number | null;
            /** Net Recv Ps Max */
            net_recv_ps_max?: number | null;
            /** Net Recv Ps Min */
            net_recv_ps_min?: number | null;
            /** Net Sent Percent */
            net_sent_percent?: number | null;
            /** Net Sent Percent Max */
            net_sent_percent_max?: number | null;
            /** Net Sent Percent Min */
            net_sent_percent_min?: number | null;
            /** Net Sent Ps */
            net_sent_ps?: number | null;
            /** Net Sent Ps Max */
            net_sent_ps_max?: number | null;
            /** Net Sent Ps Min */
            net_sent_ps_min?: number | null;
            /** Process Count */
            process_count?: number | null;
            /** Process Count Max */
            process_count_max?: number | null;
            /** Process Count Min */
            process_count_min?: number | null;
            /** Timestamp */
            timestamp: string;
            /** Up */
            up?: boolean | number | null;
        };
        /**
         * HostKey
         * @description A server's pinned key; with `offered` no check logs in there.
         */
        HostKey: {
            /** Address */
            address: string;
            /** Algorithm */
            algorithm: string;
            /** Fingerprint */
            fingerprint: string;
            /** Id */
            id: number;
            offered: components["schemas"]["OfferedKey"] | null;
            /** Pinned At */
            pinned_at: string;
            /**
             * Pinned By
             * @description Who accepted it; empty: pinned at the first contact
             */
            pinned_by: string;
            /** Port */
            port: number;
            /** Site Id */
            site_id: number;
        };
        /**
         * HostOut
         * @description What one scan saw of one address at one time.
         */
        HostOut: {
            /** Address */
            address: string | null;
            /** Device Id */
            device_id: number | null;
            /** Hostname */
            hostname: string | null;
            /** Id */
            id: number;
            /** Mac */
            mac: string | null;
            /** Observed At */
            observed_at: string;
            /** Os */
            os: string | null;
            /** Ports */
            ports: components["schemas"]["HostPortOut"][];
            /** Ports Open */
            ports_open: number;
            /** Scan Id */
            scan_id: number | null;
            /** Vendor */
            vendor: string | null;
        };
        /**
         * HostPortOut
         * @description A port that was open, or may have been.
         */
        HostPortOut: {
            /** Extra */
            extra: string | null;
            /** Port */
            port: number;
            /** Product */
            product: string | null;
            /** Protocol */
            protocol: string;
            /** Scripts */
            scripts: components["schemas"]["ScriptOut"][];
            /** Service */
            service: string | null;
            /** State */
            state: string;
            /** Tunnel */
            tunnel: string | null;
            /** Version */
            version: string | null;
        };
        /**
         * HttpBasicCredentials
         * @description HTTP with user name and password (RFC 7617).
         */
        HttpBasicCredentials: {
            /** Name */
            name: string;
            /** Password */
            password?: string | null;
            /**
             * Site Id
             * @description The site that it serves; null: every site
             */
            site_id?: number | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "http_basic";
            /** Username */
            username: string;
            /**
             * Verify Certificate
             * @default true
             */
            verify_certificate?: boolean;
            /**
             * Version
             * @description The version that was read; another one in force is a 409
             */
            version?: number | null;
        };
        /**
         * HttpBearerCredentials
         * @description HTTP with a bearer token (RFC 6750).
         */
        HttpBearerCredentials: {
            /** Name */
            name: string;
            /**
             * Site Id
             * @description The site that it serves; null: every site
             */
            site_id?: number | null;
            /** Token */
            token?: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "http_bearer";
            /**
             * Verify Certificate
             * @default true
             */
            verify_certificate?: boolean;
            /**
             * Version
             * @description The version that was read; another one in force is a 409
             */
            version?: number | null;
        };
        /**
         * Identity
         * @description Why this is one device: each kind of decision once, in order of time.
         */
        Identity: {
            /** Confidence */
            confidence: number;
            /** Reasons */
            reasons: components["schemas"]["IdentityReason"][];
        };
        /**
         * IdentityReason
         * @description One way in which sightings came to this device.
         */
        IdentityReason: {
            /** Address */
            address: string | null;
            /** Code */
            code: string;
            /** Confidence */
            confidence: number;
            /** Count */
            count: number;
            /** Evidence */
            evidence: components["schemas"]["EvidenceItem"][];
            /** First At */
            first_at: string;
            /** Last At */
            last_at: string;
            /** Rivals */
            rivals: components["schemas"]["RivalDevice"][];
            /** Sources */
            sources: string[];
        };
        /**
         * InUseOut
         * @description A /24 in which somebody answered, with how many of its addresses the sample asked.
         */
        InUseOut: {
            /** Answered */
            answered: number;
            /** Asked */
            asked: number;
            /** Network */
            network: string;
        };
        /**
         * InboxAction
         * @description Something that somebody did, and until when it can be undone.
         */
        InboxAction: {
            /**
             * Action
             * @enum {string}
             */
            action: "approve" | "hide" | "ignore" | "merge" | "split";
            /** Actor */
            actor: string;
            /** Affected */
            affected: number;
            /** Created At */
            created_at: string;
            /** Device Ids */
            device_ids: number[];
            /** Id */
            id: number;
            /** Into Id */
            into_id: number | null;
            /** Reason */
            reason: string;
            /** Undo Until */
            undo_until: string;
            /** Undone At */
            undone_at: string | null;
            /** Undone By */
            undone_by: string | null;
        };
        /**
         * InboxActionIn
         * @description What is to be done with which devices; all of them, or none.
         */
        InboxActionIn: {
            /**
             * Action
             * @enum {string}
             */
            action: "approve" | "hide" | "ignore" | "merge";
            /** Device Ids */
            device_ids: number[];
            /** Into Id */
            into_id?: number | null;
            /**
             * Reason
             * @default
             */
            reason?: string;
        };
        /**
         * InboxItem
         * @description A new find: what it is, how it was found, and which known device it may really be.
         */
        InboxItem: {
            device: components["schemas"]["Device"];
            /** First Seen */
            first_seen: string;
            /** Suggestions */
            suggestions: components["schemas"]["MergeSuggestion"][];
            why: components["schemas"]["Because"];
        };
        /**
         * IndirectAddress
         * @description An address that something told of and no scan ever asked.
         *
         *     `network` is the listed network that holds it; `interface` is where this machine's kernel hears it now.
         */
        IndirectAddress: {
            /** Address */
            address: string;
            /** Device Id */
            device_id: number;
            /** Device Name */
            device_name: string;
            /** Interface */
            interface: string | null;
            /** Mac */
            mac: string | null;
            /** Network */
            network: string | null;
            /** Scan Allowed */
            scan_allowed: boolean;
            /** Seen At */
            seen_at: string;
            /** Source */
            source: string;
            /** Vendor */
            vendor: string | null;
        };
        /**
         * IssuedApiToken
         * @description A new key with its text: it is shown this once and cannot be read again.
         */
        IssuedApiToken: {
            /** Created At */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Id */
            id: number;
            /** Last Used At */
            last_used_at: string | null;
            /** Name */
            name: string;
            /** Prefix */
            prefix: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "operator" | "viewer";
            /** Site Ids */
            site_ids: number[];
            /** Token */
            token: string;
            /** User Id */
            user_id: number;
            /** Username */
            username: string;
        };
        /**
         * KeysIn
         * @description Suggestions by key.
         */
        KeysIn: {
            /** Keys */
            keys: string[];
        };
        /**
         * Latest
         * @description The newest values of a monitor; percentages are taken from what is stored when asked.
         */
        Latest: {
            /** Cpu */
            cpu: number | null;
            /** Cpu Percent */
            cpu_percent?: number | null;
            disk: components["schemas"]["DiskNow"];
            /** Disk Percent */
            disk_percent?: number | null;
            /** Disk Total */
            disk_total?: number | null;
            /** Disk Used */
            disk_used?: number | null;
            /** Latency Ms */
            latency_ms?: number | null;
            memory: components["schemas"]["MemoryNow"];
            /** Memory Percent */
            memory_percent?: number | null;
            /** Memory Total */
            memory_total?: number | null;
            /** Memory Used */
            memory_used?: number | null;
            /** Monitor Id */
            monitor_id: number;
            /** Net Capacity Ps */
            net_capacity_ps?: number | null;
            /** Net Recv Percent */
            net_recv_percent?: number | null;
            /** Net Recv Ps */
            net_recv_ps?: number | null;
            /** Net Sent Percent */
            net_sent_percent?: number | null;
            /** Net Sent Ps */
            net_sent_ps?: number | null;
            network: components["schemas"]["NetworkNow"];
            /** Process Count */
            process_count?: number | null;
            /** Samples */
            samples: components["schemas"]["SampleNow"][];
            /** Timestamp */
            timestamp: string | null;
            /** Up */
            up?: boolean | null;
        };
        /**
         * LineOut
         * @description One line of a scan's log; chunk 0 is the scan itself.
         */
        LineOut: {
            /** At */
            at: string;
            /** Chunk */
            chunk: number;
            /**
             * Kind
             * @enum {string}
             */
            kind: "out" | "err" | "note";
            /** Seq */
            seq: number;
            /** Text */
            text: string;
        };
        /** Listing[ApiToken] */
        Listing_ApiToken_: {
            /** Items */
            items: components["schemas"]["ApiToken"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[ArtifactOut] */
        Listing_ArtifactOut_: {
            /** Items */
            items: components["schemas"]["ArtifactOut"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[AuditEvent] */
        Listing_AuditEvent_: {
            /** Items */
            items: components["schemas"]["AuditEvent"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[BlackoutOut] */
        Listing_BlackoutOut_: {
            /** Items */
            items: components["schemas"]["BlackoutOut"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Change] */
        Listing_Change_: {
            /** Items */
            items: components["schemas"]["Change"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[ChunkOut] */
        Listing_ChunkOut_: {
            /** Items */
            items: components["schemas"]["ChunkOut"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[CredentialProfile] */
        Listing_CredentialProfile_: {
            /** Items */
            items: components["schemas"]["CredentialProfile"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Device] */
        Listing_Device_: {
            /** Items */
            items: components["schemas"]["Device"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[DifficultTargetOut] */
        Listing_DifficultTargetOut_: {
            /** Items */
            items: components["schemas"]["DifficultTargetOut"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[DiscoveryProfileOut] */
        Listing_DiscoveryProfileOut_: {
            /** Items */
            items: components["schemas"]["DiscoveryProfileOut"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Extension] */
        Listing_Extension_: {
            /** Items */
            items: components["schemas"]["Extension"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Failure] */
        Listing_Failure_: {
            /** Items */
            items: components["schemas"]["Failure"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[HostKey] */
        Listing_HostKey_: {
            /** Items */
            items: components["schemas"]["HostKey"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[HostOut] */
        Listing_HostOut_: {
            /** Items */
            items: components["schemas"]["HostOut"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[InboxAction] */
        Listing_InboxAction_: {
            /** Items */
            items: components["schemas"]["InboxAction"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[InboxItem] */
        Listing_InboxItem_: {
            /** Items */
            items: components["schemas"]["InboxItem"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[IndirectAddress] */
        Listing_IndirectAddress_: {
            /** Items */
            items: components["schemas"]["IndirectAddress"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[LineOut] */
        Listing_LineOut_: {
            /** Items */
            items: components["schemas"]["LineOut"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[MetricUnit] */
        Listing_MetricUnit_: {
            /** Items */
            items: components["schemas"]["MetricUnit"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Monitor] */
        Listing_Monitor_: {
            /** Items */
            items: components["schemas"]["Monitor"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[NetworkCoverage] */
        Listing_NetworkCoverage_: {
            /** Items */
            items: components["schemas"]["NetworkCoverage"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[NetworkProposal] */
        Listing_NetworkProposal_: {
            /** Items */
            items: components["schemas"]["NetworkProposal"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Network] */
        Listing_Network_: {
            /** Items */
            items: components["schemas"]["Network"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Observation] */
        Listing_Observation_: {
            /** Items */
            items: components["schemas"]["Observation"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Plugin] */
        Listing_Plugin_: {
            /** Items */
            items: components["schemas"]["Plugin"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Port] */
        Listing_Port_: {
            /** Items */
            items: components["schemas"]["Port"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[ProjectOut] */
        Listing_ProjectOut_: {
            /** Items */
            items: components["schemas"]["ProjectOut"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[RuleOut] */
        Listing_RuleOut_: {
            /** Items */
            items: components["schemas"]["RuleOut"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[ScanOut] */
        Listing_ScanOut_: {
            /** Items */
            items: components["schemas"]["ScanOut"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[ScheduleOut] */
        Listing_ScheduleOut_: {
            /** Items */
            items: components["schemas"]["ScheduleOut"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[SearchHit] */
        Listing_SearchHit_: {
            /** Items */
            items: components["schemas"]["SearchHit"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[SeriesOut] */
        Listing_SeriesOut_: {
            /** Items */
            items: components["schemas"]["SeriesOut"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Session] */
        Listing_Session_: {
            /** Items */
            items: components["schemas"]["Session"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Since] */
        Listing_Since_: {
            /** Items */
            items: components["schemas"]["Since"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Site] */
        Listing_Site_: {
            /** Items */
            items: components["schemas"]["Site"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Snapshot] */
        Listing_Snapshot_: {
            /** Items */
            items: components["schemas"]["Snapshot"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[StateInterval] */
        Listing_StateInterval_: {
            /** Items */
            items: components["schemas"]["StateInterval"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Suggestion] */
        Listing_Suggestion_: {
            /** Items */
            items: components["schemas"]["Suggestion"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[Tag] */
        Listing_Tag_: {
            /** Items */
            items: components["schemas"]["Tag"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /** Listing[User] */
        Listing_User_: {
            /** Items */
            items: components["schemas"]["User"][];
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /**
         * Login
         * @description An access token; send it as `Authorization: Bearer <token>`.
         */
        Login: {
            /** Expires At */
            expires_at: string;
            /** Token */
            token: string;
            /**
             * Token Type
             * @default bearer
             * @constant
             */
            token_type?: "bearer";
            user: components["schemas"]["User"];
        };
        /**
         * LoginRequest
         * @description Who you are, and what only you know.
         */
        LoginRequest: {
            /** Password */
            password: string;
            /** Username */
            username: string;
        };
        /**
         * LoopOut
         * @description How one loop is doing.
         */
        LoopOut: {
            /** Error */
            error: string | null;
            /** Restarts */
            restarts: number;
            /** Running */
            running: boolean;
        };
        /**
         * LosingFact
         * @description What another source says.
         */
        LosingFact: {
            /** Observed At */
            observed_at: string;
            /** Source */
            source: string;
            /** Value */
            value: string | null;
        };
        /**
         * MemoryNow
         * @description Memory in bytes, and the share in use.
         */
        MemoryNow: {
            /** Percent */
            percent: number | null;
            /** Total */
            total: number | null;
            /** Used */
            used: number | null;
        };
        /**
         * MergeSuggestion
         * @description A device that a find may be, and how much speaks for it (0..100).
         */
        MergeSuggestion: {
            /** Confidence */
            confidence: number;
            /** Device Id */
            device_id: number;
            /** Name */
            name: string;
            reason: components["schemas"]["Because"];
        };
        /**
         * MessageOut
         * @description Something a person reads: code and parameters to translate, text in English.
         */
        MessageOut: {
            /** Code */
            code: string;
            /** Params */
            params: {
                [key: string]: unknown;
            };
            /** Text */
            text: string;
        };
        /**
         * MetricUnit
         * @description A metric: `column` of every row, `derived` from two of them, or a labelled `sample`.
         */
        MetricUnit: {
            /** Collectors */
            collectors: string[];
            /**
             * Kind
             * @enum {string}
             */
            kind: "column" | "derived" | "sample";
            /** Labels */
            labels: string[];
            /** Name */
            name: string;
            /** Summary */
            summary: string;
            /** Unit */
            unit: string;
        };
        /**
         * Monitor
         * @description A monitor and how it is doing. `name` and `address` are what is in force, `own_…` what a person set.
         */
        Monitor: {
            /** Address */
            address: string | null;
            /** Checked At */
            checked_at: string | null;
            /** Config */
            config: {
                [key: string]: unknown;
            };
            /** Created At */
            created_at: string;
            /** Credential Profile Id */
            credential_profile_id: number | null;
            /** Credential Profile Name */
            credential_profile_name: string | null;
            /** Device Id */
            device_id: number | null;
            /** Device Name */
            device_name: string | null;
            /** Enabled */
            enabled: boolean;
            /** Failures */
            failures: number;
            /** Id */
            id: number;
            /** Last Attempted */
            last_attempted: string | null;
            /** Last Error */
            last_error: string | null;
            /** Last Error At */
            last_error_at: string | null;
            last_failure: components["schemas"]["backend__api__monitoring__schemas__Reason"] | null;
            /** Last Polled */
            last_polled: string | null;
            /** Latency Ms */
            latency_ms: number | null;
            /** Name */
            name: string;
            /** Own Address */
            own_address: string | null;
            /** Own Name */
            own_name: string;
            /** Plugin Id */
            plugin_id: number;
            /** Plugin Name */
            plugin_name: string;
            /** Polling Interval */
            polling_interval: number;
            reason: components["schemas"]["backend__api__monitoring__schemas__Reason"] | null;
            /** Since */
            since: string;
            /** Site Id */
            site_id: number;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "up" | "down" | "paused" | "unknown";
            /** Tags */
            tags: string[];
            /** Type */
            type: string;
            /** Uid */
            uid: string;
            /** Version */
            version: number;
        };
        /**
         * MonitorBody
         * @description A monitor: a plugin at work on a device, or on an address. `interval` is another name of its interval.
         */
        MonitorBody: {
            /**
             * Address
             * @description Instead of the device's own; needed without a device
             */
            address?: string | null;
            /**
             * Config
             * @description Over the plugin's configuration, for this one alone
             */
            config?: {
                [key: string]: unknown;
            };
            /** Credential Profile Id */
            credential_profile_id?: number | null;
            /** Device Id */
            device_id?: number | null;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
            /**
             * Name
             * @description Unset: the device's name
             * @default
             */
            name?: string;
            /** Plugin Id */
            plugin_id: number;
            /**
             * Polling Interval
             * @description Seconds; unset: the collector's usual interval
             */
            polling_interval?: number | null;
            /**
             * Site Id
             * @description Of a monitor without a device; unset: the default site
             */
            site_id?: number | null;
            /** Tags */
            tags?: string[];
            /**
             * Version
             * @description The version that was read; another one in force is a 409
             */
            version?: number | null;
        };
        /**
         * MonitorFacets
         * @description The values of the monitors that fit, the most frequent first.
         */
        MonitorFacets: {
            /** Network */
            network: components["schemas"]["Facet"][];
            /** State */
            state: components["schemas"]["Facet"][];
            /** Tag */
            tag: components["schemas"]["Facet"][];
            /** Type */
            type: components["schemas"]["Facet"][];
        };
        /**
         * NamedAddresses
         * @description A name and what it resolved to.
         */
        NamedAddresses: {
            /** Addresses */
            addresses: string[];
            /** Name */
            name: string;
        };
        /**
         * NamedNetwork
         * @description A network that takes part.
         */
        NamedNetwork: {
            /** Cidr */
            cidr: string;
            /** Name */
            name: string;
        };
        /**
         * NeighboursRead
         * @description What a look at the kernel's tables came to: neighbours in listed networks, and how many were news.
         */
        NeighboursRead: {
            /** At */
            at: string;
            /** Heard */
            heard: number;
            /** Stored */
            stored: number;
        };
        /**
         * Network
         * @description A network; only addresses in one with `scan_allowed` are ever scanned.
         */
        Network: {
            /** Allow Public */
            allow_public: boolean;
            /** Cidr */
            cidr: string;
            /** Confirmed At */
            confirmed_at: string | null;
            /** Confirmed By */
            confirmed_by: string | null;
            /** Created At */
            created_at: string;
            /** Description */
            description: string;
            /** Device Count */
            device_count: number;
            /** Id */
            id: number;
            /** Name */
            name: string;
            /** Scan Allowed */
            scan_allowed: boolean;
            /** Site Id */
            site_id: number;
            /** Tags */
            tags: string[];
            /** Uid */
            uid: string;
            /** Vlan */
            vlan: number | null;
        };
        /**
         * NetworkCoverage
         * @description How far a network is known. `never_asked` counts those known only indirectly as well.
         *
         *     A sample asks too little of a part for it to count as asked: `sampled` stands beside.
         */
        NetworkCoverage: {
            /** Addresses */
            addresses: number;
            /** Asked 24H */
            asked_24h: number;
            /** Asked Ever */
            asked_ever: number;
            /** Devices */
            devices: number;
            /** Indirect */
            indirect: number;
            /** Last Scan At */
            last_scan_at: string | null;
            /** Name */
            name: string;
            /** Network */
            network: string;
            /** Network Id */
            network_id: number;
            /** Never Asked */
            never_asked: number;
            /** Ranges */
            ranges: components["schemas"]["CoverageRange"][];
            sampled: components["schemas"]["SampledOut"] | null;
            /** Scan Allowed */
            scan_allowed: boolean;
            /** Site Id */
            site_id: number;
        };
        /**
         * NetworkCreate
         * @description A new network. Public space needs `allow_public`, and the CIDR typed again in `confirm_public`.
         */
        NetworkCreate: {
            /**
             * Allow Public
             * @default false
             */
            allow_public?: boolean;
            /** Cidr */
            cidr: string;
            /** Confirm Public */
            confirm_public?: string | null;
            /**
             * Description
             * @default
             */
            description?: string;
            /**
             * Name
             * @default
             */
            name?: string;
            /**
             * Scan Allowed
             * @default false
             */
            scan_allowed?: boolean;
            /** Site Id */
            site_id?: number | null;
            /** Tags */
            tags?: string[];
            /** Vlan */
            vlan?: number | null;
        };
        /**
         * NetworkNow
         * @description Bytes per second, and shares of what the interfaces can carry.
         */
        NetworkNow: {
            /** Capacity Ps */
            capacity_ps: number | null;
            /** Recv Percent */
            recv_percent: number | null;
            /** Recv Ps */
            recv_ps: number | null;
            /** Sent Percent */
            sent_percent: number | null;
            /** Sent Ps */
            sent_ps: number | null;
        };
        /**
         * NetworkNumbers
         * @description Networks in numbers.
         */
        NetworkNumbers: {
            /** Allowed */
            allowed: number;
            /** Coverage */
            coverage: components["schemas"]["Coverage"][];
            /** Scanned 24H */
            scanned_24h: number;
            /** Total */
            total: number;
        };
        /**
         * NetworkPatch
         * @description What should be different about a network.
         */
        NetworkPatch: {
            /** Allow Public */
            allow_public?: boolean;
            /** Confirm Public */
            confirm_public?: string | null;
            /** Description */
            description?: string;
            /** Name */
            name?: string;
            /** Scan Allowed */
            scan_allowed?: boolean;
            /** Tags */
            tags?: string[];
            /** Vlan */
            vlan?: number | null;
        };
        /**
         * NetworkProposal
         * @description A network that this machine sees by itself, to be confirmed or not.
         *
         *     An IPv6 network is far too large to be asked as a whole: what counts there are the addresses in `ipv6_seen`,
         *     which the kernel's neighbour table holds, and the estimate is for those.
         */
        NetworkProposal: {
            /** Addresses */
            addresses: number;
            /** Already Allowed */
            already_allowed: boolean;
            /** Cidr */
            cidr: string;
            /** Gateway */
            gateway: string | null;
            /** Hosts Expected */
            hosts_expected: number;
            /** Hosts Known */
            hosts_known: number;
            /** Interface */
            interface: string | null;
            /** Ipv6 Seen */
            ipv6_seen: string[];
            /** Packets Estimated */
            packets_estimated: number;
            /** Preselected */
            preselected: boolean;
            /** Seconds Estimated */
            seconds_estimated: number;
            /**
             * Source
             * @enum {string}
             */
            source: "interface" | "route" | "neighbours" | "resolver";
        };
        /**
         * NewApiToken
         * @description A key for a script; its role is at most your own.
         */
        NewApiToken: {
            /**
             * Expires In Days
             * @default 90
             */
            expires_in_days?: number;
            /** Name */
            name: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "operator" | "viewer";
            /**
             * Site Ids
             * @description Sites that this is limited to; empty means every site
             */
            site_ids?: number[];
        };
        /**
         * NewUser
         * @description A person to make known.
         */
        NewUser: {
            /** Email */
            email?: string | null;
            /**
             * Full Name
             * @default
             */
            full_name?: string;
            /** Password */
            password: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "operator" | "viewer";
            /**
             * Site Ids
             * @description Sites that this is limited to; empty means every site
             */
            site_ids?: number[];
            /** Username */
            username: string;
        };
        /**
         * Observation
         * @description What one source said of a device at one time.
         */
        Observation: {
            /** Address */
            address: string | null;
            /** Facts */
            facts: {
                [key: string]: unknown;
            };
            /** Id */
            id: number;
            /** Mac */
            mac: string | null;
            /** Observed At */
            observed_at: string;
            /** Scan Id */
            scan_id: number | null;
            /** Source */
            source: string;
            /** Uid */
            uid: string;
        };
        /**
         * OfferedKey
         * @description A key that a server shows and that nobody accepted yet.
         */
        OfferedKey: {
            /** Algorithm */
            algorithm: string;
            /** At */
            at: string;
            /** Fingerprint */
            fingerprint: string;
        };
        /**
         * OpenPort
         * @description An open port as lists of devices show it.
         */
        OpenPort: {
            /** Port */
            port: number;
            /** Protocol */
            protocol: string;
            /** Service */
            service: string | null;
        };
        /**
         * Overview
         * @description What is known so far; `needs_setup` until a network may be scanned.
         */
        Overview: {
            devices: components["schemas"]["DeviceNumbers"];
            /** Needs Setup */
            needs_setup: boolean;
            networks: components["schemas"]["NetworkNumbers"];
            ports: components["schemas"]["PortNumbers"];
            /** Recent Devices */
            recent_devices: components["schemas"]["Device"][];
            scans: components["schemas"]["OverviewScans"];
        };
        /**
         * OverviewScans
         * @description Scans that run or wait, and the newest that are over.
         */
        OverviewScans: {
            /** Recent */
            recent: components["schemas"]["ScanOut"][];
            /** Running */
            running: components["schemas"]["ScanOut"][];
        };
        /**
         * PasswordChange
         * @description A new password, and the present one to prove that it is you.
         */
        PasswordChange: {
            /** Current Password */
            current_password: string;
            /** New Password */
            new_password: string;
        };
        /**
         * Plugin
         * @description A plugin; `config` is the collector's configuration in full.
         */
        Plugin: {
            /** Built In */
            built_in: boolean;
            /** Config */
            config: {
                [key: string]: unknown;
            };
            /** Created At */
            created_at: string;
            /** Description */
            description: string;
            /** Id */
            id: number;
            /** Monitors */
            monitors: number;
            /** Name */
            name: string;
            /** Type */
            type: string;
            /** Uid */
            uid: string;
        };
        /**
         * PluginBody
         * @description A collector's configuration under a name.
         */
        PluginBody: {
            /** Config */
            config?: {
                [key: string]: unknown;
            };
            /**
             * Description
             * @default
             */
            description?: string;
            /** Name */
            name: string;
            /**
             * Type
             * @description The collector's name, as /extensions lists them
             */
            type: string;
        };
        /**
         * PollingOut
         * @description How polling is doing, counted since the start; since `storage_away_since` results go to a file.
         */
        PollingOut: {
            /** Answered */
            answered: number;
            /** Discarded */
            discarded: number;
            /** Failed */
            failed: number;
            /** Late */
            late: number;
            /** Late P99 S */
            late_p99_s: number;
            /** Lost */
            lost: number;
            /** Missed */
            missed: number;
            /** Monitors */
            monitors: number;
            /** Polling */
            polling: number;
            /** Polls */
            polls: number;
            /** Rechecked */
            rechecked: number;
            /** Refused */
            refused: number;
            /** Rows */
            rows: number;
            /** Samples */
            samples: number;
            /** Skipped */
            skipped: number;
            /** Spooled */
            spooled: number;
            /** Storage Away Since */
            storage_away_since: string | null;
            /** Waiting */
            waiting: number;
        };
        /**
         * Port
         * @description One open port of a device.
         */
        Port: {
            /** Address */
            address: string;
            /** Confidence */
            confidence: number;
            /** Extra */
            extra: string | null;
            /** First Seen */
            first_seen: string;
            /** Id */
            id: number;
            /** Last Seen */
            last_seen: string;
            /** Port */
            port: number;
            /** Product */
            product: string | null;
            /** Protocol */
            protocol: string;
            /** Scripts */
            scripts: components["schemas"]["Script"][];
            /** Service */
            service: string | null;
            /** Source */
            source: string;
            /** State */
            state: string;
            /** Tunnel */
            tunnel: string | null;
            /** Version */
            version: string | null;
        };
        /**
         * PortNumbers
         * @description Open ports in numbers.
         */
        PortNumbers: {
            /** New 24H */
            new_24h: number;
            /** Open */
            open: number;
            /** Top */
            top: components["schemas"]["TopPort"][];
        };
        /**
         * PowersOut
         * @description What scanning can do here; `limitations` are codes of what it cannot.
         */
        PowersOut: {
            /** Limitations */
            limitations: string[];
            /** Nmap Version */
            nmap_version: string | null;
            /** Raw Sockets */
            raw_sockets: boolean;
        };
        /**
         * Problem
         * @description Why a request was refused: RFC 9457, with a code and parameters for translation.
         */
        Problem: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /** Errors */
            errors?: components["schemas"]["FieldProblem"][];
            /** Params */
            params?: {
                [key: string]: unknown;
            };
            /** Status */
            status: number;
            /** Title */
            title: string;
            /**
             * Type
             * @default about:blank
             */
            type?: string;
        };
        /**
         * ProfileChanges
         * @description What people may change about themselves.
         */
        ProfileChanges: {
            /** Email */
            email?: string | null;
            /** Full Name */
            full_name?: string;
            /**
             * Language
             * @enum {string}
             */
            language?: "en" | "no" | "sv" | "da" | "fi" | "de" | "fr";
            /**
             * Theme
             * @enum {string}
             */
            theme?: "system" | "dark" | "light";
        };
        /**
         * ProfileOut
         * @description A named way to scan.
         */
        ProfileOut: {
            /** Available */
            available: boolean;
            /** Limitations */
            limitations: string[];
            /**
             * Name
             * @enum {string}
             */
            name: "sweep" | "sample" | "quick" | "standard" | "full" | "custom";
            /** Options */
            options: {
                [key: string]: unknown;
            };
            /** Summary Code */
            summary_code: string;
        };
        /**
         * ProfilesOut
         * @description All profiles, and what the custom one may set.
         */
        ProfilesOut: {
            /** Items */
            items: components["schemas"]["ProfileOut"][];
            /** Next */
            next?: null;
            /** Option Schema */
            option_schema: {
                [key: string]: unknown;
            };
            /** Scripts */
            scripts: string[];
            /** Total */
            total: number;
        };
        /**
         * ProjectIn
         * @description A new project.
         */
        ProjectIn: {
            /**
             * Description
             * @default
             */
            description?: string;
            /** Name */
            name: string;
            /** Site Id */
            site_id?: number | null;
        };
        /**
         * ProjectOut
         * @description A project: a group of scans.
         */
        ProjectOut: {
            /** Created At */
            created_at: string;
            /** Description */
            description: string;
            /** Id */
            id: number;
            /** Last Scan At */
            last_scan_at: string | null;
            /** Name */
            name: string;
            /** Scan Count */
            scan_count: number;
            /** Site Id */
            site_id: number;
            /** Uid */
            uid: string;
        };
        /**
         * ProjectPatch
         * @description What should be different about a project.
         */
        ProjectPatch: {
            /** Description */
            description?: string;
            /** Name */
            name?: string;
        };
        /**
         * ProxmoxCredentials
         * @description Proxmox VE by API token, or by user name and password.
         */
        ProxmoxCredentials: {
            /**
             * Ca Certificate
             * @description Trust this authority, in PEM
             */
            ca_certificate?: string | null;
            /**
             * Fingerprint
             * @description Accept exactly this certificate
             */
            fingerprint?: string | null;
            /** Name */
            name: string;
            /** Password */
            password?: string | null;
            /**
             * Port
             * @description Unset: 8006
             */
            port?: number | null;
            /**
             * Site Id
             * @description The site that it serves; null: every site
             */
            site_id?: number | null;
            /** Token */
            token?: string | null;
            /**
             * Token Name
             * @description The token's name; unset: log in by password
             * @default
             */
            token_name?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "proxmox";
            /**
             * Username
             * @description With its realm: monitor@pve
             */
            username: string;
            /**
             * Verify Certificate
             * @default true
             */
            verify_certificate?: boolean;
            /**
             * Version
             * @description The version that was read; another one in force is a 409
             */
            version?: number | null;
        };
        /**
         * Ready
         * @description Whether Lanarium can do its work: degraded when only something it can do without is missing.
         */
        Ready: {
            /** Checks */
            checks: {
                [key: string]: components["schemas"]["CheckOut"];
            };
            /**
             * Status
             * @enum {string}
             */
            status: "ready" | "degraded" | "not_ready";
        };
        /**
         * Recheck
         * @description What a second method said before the state turned.
         */
        Recheck: {
            /** Answered */
            answered: boolean;
            /** Detail */
            detail: string;
            /** Method */
            method: string;
        };
        /**
         * Registration
         * @description An account that somebody makes for themselves.
         */
        Registration: {
            /** Email */
            email?: string | null;
            /** Password */
            password: string;
            /** Username */
            username: string;
        };
        /**
         * RescanIn
         * @description How to ask the device again.
         */
        RescanIn: {
            /**
             * Profile
             * @description Any but `custom`
             * @default standard
             * @enum {string}
             */
            profile?: "sweep" | "sample" | "quick" | "standard" | "full" | "custom";
        };
        /**
         * RetentionBody
         * @description How long rows and roll-ups are kept; what is coarser, at least as long as what is finer.
         */
        RetentionBody: {
            /**
             * Raw Days
             * @description Days; null: for ever
             */
            raw_days?: number | null;
            /**
             * Rollup 1D Days
             * @description Days; null: for ever
             */
            rollup_1d_days?: number | null;
            /**
             * Rollup 1H Days
             * @description Days; null: for ever
             */
            rollup_1h_days?: number | null;
            /**
             * Rollup 5M Days
             * @description Days; null: for ever
             */
            rollup_5m_days?: number | null;
        };
        /**
         * RetentionOut
         * @description What is in force; `kept_since`: before that moment everything was dropped, null where nothing was.
         */
        RetentionOut: {
            /** Kept Since */
            kept_since: {
                [key: string]: string | null;
            };
            /**
             * Raw Days
             * @description Days; null: for ever
             */
            raw_days?: number | null;
            /**
             * Rollup 1D Days
             * @description Days; null: for ever
             */
            rollup_1d_days?: number | null;
            /**
             * Rollup 1H Days
             * @description Days; null: for ever
             */
            rollup_1h_days?: number | null;
            /**
             * Rollup 5M Days
             * @description Days; null: for ever
             */
            rollup_5m_days?: number | null;
        };
        /**
         * RivalDevice
         * @description Another device that was considered.
         */
        RivalDevice: {
            /** Device Id */
            device_id: number | null;
            /** Evidence */
            evidence: components["schemas"]["EvidenceItem"][];
            /** Name */
            name: string;
            /** Points */
            points: number;
        };
        /**
         * RuleIn
         * @description A network in which suggestions accept themselves when a scan ends.
         */
        RuleIn: {
            /**
             * Collectors
             * @description None: every one that needs no other login than those named
             */
            collectors?: string[];
            /** Credential Profile Ids */
            credential_profile_ids?: number[];
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
            /**
             * Interval
             * @description Seconds; null: the collector's usual interval
             */
            interval?: number | null;
            /** Name */
            name: string;
            /** Network Id */
            network_id: number;
        };
        /**
         * RuleOut
         * @description A provisioning rule.
         */
        RuleOut: {
            /** Collectors */
            collectors: string[];
            /** Created At */
            created_at: string;
            /** Credential Profile Ids */
            credential_profile_ids: number[];
            /** Enabled */
            enabled: boolean;
            /** Id */
            id: number;
            /** Interval */
            interval: number | null;
            /** Name */
            name: string;
            /** Network Id */
            network_id: number;
            /** Site Id */
            site_id: number;
            /** Uid */
            uid: string;
        };
        /**
         * RunErrorOut
         * @description Why the last run came to nothing, or to less than it should.
         */
        RunErrorOut: {
            /** At */
            at: string;
            /** Code */
            code: string;
            /** Params */
            params: {
                [key: string]: unknown;
            };
            /** Text */
            text: string;
        };
        /**
         * RunGoesOn
         * @description The run is not over: watch its scan, then look at the profile's `last_result`.
         */
        RunGoesOn: {
            /** Discovery Profile Id */
            discovery_profile_id: number;
            /** Link */
            link: string;
            /** Scan Id */
            scan_id: number;
            /** Status */
            status: string;
        };
        /**
         * RunResultOut
         * @description What a run came to.
         */
        RunResultOut: {
            /** Found */
            found: number;
            /** Provisioned */
            provisioned: number;
            /** Windows */
            windows: number;
        };
        /**
         * SampleHistory
         * @description Values or points of a labelled series.
         */
        SampleHistory: {
            /** Data */
            data: components["schemas"]["SamplePoint"][];
            /** From */
            from: string;
            /** Next */
            next: string | null;
            /**
             * Resolution
             * @enum {string}
             */
            resolution: "raw" | "5m" | "1h" | "1d";
            /** Step S */
            step_s: number;
            /** To */
            to: string;
        };
        /**
         * SampleNow
         * @description A labelled value of the newest poll.
         */
        SampleNow: {
            /** Labels */
            labels: {
                [key: string]: string;
            };
            /** Name */
            name: string;
            /** Unit */
            unit: string;
            /** Value */
            value: number;
        };
        /**
         * SampleOut
         * @description A page of the /24s in use, and the whole in numbers; `networks` are all /24s that were to be sampled.
         */
        SampleOut: {
            /** Answered */
            answered: number;
            /** Asked */
            asked: number;
            /** Items */
            items: components["schemas"]["InUseOut"][];
            /** Networks */
            networks: number;
            /** Next */
            next: string | null;
            /** Total */
            total: number;
        };
        /**
         * SamplePoint
         * @description A value of a labelled series, or with `points` a bucket's mean, smallest and largest.
         */
        SamplePoint: {
            /** Count */
            count?: number | null;
            /** Timestamp */
            timestamp: string;
            /** Value */
            value: number | null;
            /** Value Max */
            value_max?: number | null;
            /** Value Min */
            value_min?: number | null;
        };
        /**
         * SampledOut
         * @description What the newest sample says: in how many of the network's /24s somebody answered.
         */
        SampledOut: {
            /** At */
            at: string;
            /** In Use */
            in_use: number;
            /** Networks */
            networks: number;
            /** Scan Id */
            scan_id: number;
        };
        /**
         * ScanIn
         * @description A scan to start.
         */
        ScanIn: {
            /**
             * Chunk Size
             * @description Addresses in a chunk; absent: the profile's
             */
            chunk_size?: number | null;
            /**
             * Chunk Timeout S
             * @default 3600
             */
            chunk_timeout_s?: number;
            /**
             * Concurrency
             * @default 2
             */
            concurrency?: number;
            /**
             * Exclusions
             * @description What to leave out, written as targets are
             */
            exclusions?: string | string[];
            /**
             * Force
             * @description Within a blackout window all the same; for admins
             * @default false
             */
            force?: boolean;
            /**
             * Host Timeout S
             * @default 900
             */
            host_timeout_s?: number;
            /**
             * Max Rate
             * @description Packets a second at most; absent: the profile's pace
             */
            max_rate?: number | null;
            /**
             * Name
             * @default
             */
            name?: string;
            /** @description For the profile `custom` only */
            options?: components["schemas"]["ScanOptionsIn"] | null;
            /**
             * Profile
             * @default standard
             * @enum {string}
             */
            profile?: "sweep" | "sample" | "quick" | "standard" | "full" | "custom";
            /**
             * Project Id
             * @description Absent: the default project
             */
            project_id?: number | null;
            /**
             * Targets
             * @description Networks, ranges, addresses and names, by line, comma or blank
             */
            targets: string | string[];
        };
        /**
         * ScanOptionsIn
         * @description How to scan, for the profile `custom`: only these options exist, and none is text for nmap.
         */
        ScanOptionsIn: {
            /**
             * Etiquette
             * @default true
             */
            etiquette?: boolean;
            /**
             * Host Discovery
             * @default default
             * @enum {string}
             */
            host_discovery?: "default" | "all_up" | "arp" | "ping" | "tcp";
            /** Max Rate */
            max_rate?: number | null;
            /**
             * Os Detection
             * @default false
             */
            os_detection?: boolean;
            /**
             * Resolve Names
             * @default true
             */
            resolve_names?: boolean;
            /**
             * Scripts
             * @description Names from the allowed list
             */
            scripts?: string[];
            /**
             * Service Versions
             * @default false
             */
            service_versions?: boolean;
            /**
             * Sweep
             * @default true
             */
            sweep?: boolean;
            /**
             * Tcp Ports
             * @description null, "22,80,1000-1100" or "top:100"
             * @default top:1000
             */
            tcp_ports?: string | null;
            /**
             * Timing
             * @default normal
             * @enum {string}
             */
            timing?: "polite" | "normal" | "aggressive";
            /**
             * Udp Ports
             * @description As tcp_ports
             */
            udp_ports?: string | null;
            /**
             * Version Intensity
             * @default 7
             */
            version_intensity?: number;
        };
        /**
         * ScanOut
         * @description A scan.
         */
        ScanOut: {
            /** Address Count */
            address_count: number;
            can: components["schemas"]["CanOut"];
            capabilities: components["schemas"]["CapabilitiesOut"];
            /** Chunk Size */
            chunk_size: number;
            /** Chunk Timeout S */
            chunk_timeout_s: number;
            chunks: components["schemas"]["ChunkCountsOut"];
            /** Concurrency */
            concurrency: number;
            /** Created At */
            created_at: string;
            /** Exclusions */
            exclusions: string[];
            /** Finished At */
            finished_at: string | null;
            /** Host Timeout S */
            host_timeout_s: number;
            /** Hosts Done */
            hosts_done: number;
            /** Hosts Up */
            hosts_up: number;
            /** Id */
            id: number;
            message: components["schemas"]["MessageOut"] | null;
            /** Name */
            name: string;
            /** Options */
            options: {
                [key: string]: unknown;
            };
            /** Paused By */
            paused_by: ("person" | "blackout") | null;
            /** Ports Open */
            ports_open: number;
            /** Profile */
            profile: string;
            /** Progress */
            progress: number;
            /** Project Id */
            project_id: number;
            /** Project Name */
            project_name: string;
            /** Requested By */
            requested_by: string | null;
            /** Schedule Id */
            schedule_id: number | null;
            /** Site Id */
            site_id: number;
            /** Started At */
            started_at: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "pausing" | "paused" | "stopping" | "completed" | "partial" | "stopped" | "failed" | "interrupted";
            /** Targets */
            targets: string[];
            /** Uid */
            uid: string;
        };
        /**
         * ScanStatus
         * @description Where a scan is in its life.
         * @enum {string}
         */
        ScanStatus: "queued" | "running" | "pausing" | "paused" | "stopping" | "completed" | "partial" | "stopped" | "failed" | "interrupted";
        /**
         * Schedule
         * @description A monitor's turns: when the next one is, how late the last one was, how many were left out.
         *
         *     Skipped: its poll before still ran. Missed: nobody could poll. Both are not made up for.
         */
        Schedule: {
            /** Late S */
            late_s: number | null;
            /** Missed */
            missed: number;
            /** Next Run In S */
            next_run_in_s: number | null;
            /** Polling */
            polling: boolean;
            /** Skipped */
            skipped: number;
        };
        /**
         * ScheduleIn
         * @description A scan by the clock.
         */
        ScheduleIn: {
            /**
             * Cron
             * @description minute hour day month weekday, or @daily and the like
             */
            cron: string;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
            /** Exclusions */
            exclusions?: string | string[];
            /** Name */
            name: string;
            /** @description For the profile `custom` only */
            options?: components["schemas"]["ScanOptionsIn"] | null;
            /**
             * Profile
             * @default standard
             * @enum {string}
             */
            profile?: "sweep" | "sample" | "quick" | "standard" | "full" | "custom";
            /**
             * Project Id
             * @description Absent: the default project
             */
            project_id?: number | null;
            /**
             * Targets
             * @description As for a scan
             */
            targets: string | string[];
            /**
             * Timezone
             * @description A name of the IANA list, such as Europe/Helsinki
             * @default UTC
             */
            timezone?: string;
        };
        /**
         * ScheduleOut
         * @description A schedule.
         */
        ScheduleOut: {
            /** Created At */
            created_at: string;
            /** Cron */
            cron: string;
            /** Enabled */
            enabled: boolean;
            /** Exclusions */
            exclusions: string[];
            /** Id */
            id: number;
            /** Last Run At */
            last_run_at: string | null;
            /** Last Scan Id */
            last_scan_id: number | null;
            last_skipped: components["schemas"]["backend__api__discovery__plan_schemas__SkippedOut"] | null;
            /** Name */
            name: string;
            /** Next Run At */
            next_run_at: string | null;
            /** Options */
            options: {
                [key: string]: unknown;
            } | null;
            /** Profile */
            profile: string;
            /** Project Id */
            project_id: number;
            /** Site Id */
            site_id: number;
            /** Targets */
            targets: string[];
            /** Timezone */
            timezone: string;
            /** Uid */
            uid: string;
        };
        /**
         * SchedulePatch
         * @description What should be different about a schedule.
         */
        SchedulePatch: {
            /** Cron */
            cron?: string;
            /** Enabled */
            enabled?: boolean;
            /** Exclusions */
            exclusions?: string | string[];
            /** Name */
            name?: string;
            options?: components["schemas"]["ScanOptionsIn"] | null;
            /**
             * Profile
             * @enum {string}
             */
            profile?: "sweep" | "sample" | "quick" | "standard" | "full" | "custom";
            /** Targets */
            targets?: string | string[];
            /** Timezone */
            timezone?: string;
        };
        /**
         * Script
         * @description What one script printed: text from the device.
         */
        Script: {
            /** Name */
            name: string;
            /** Output */
            output: string;
        };
        /**
         * ScriptOut
         * @description What one script printed.
         */
        ScriptOut: {
            /** Name */
            name: string;
            /** Output */
            output: string;
        };
        /**
         * SearchHit
         * @description One find of a search, with the page that shows it.
         */
        SearchHit: {
            /** Id */
            id: number;
            /**
             * Kind
             * @enum {string}
             */
            kind: "device" | "address" | "port" | "network" | "project" | "scan";
            /** Link */
            link: string;
            /** Subtitle */
            subtitle: string | null;
            /** Title */
            title: string;
        };
        /**
         * SeriesOut
         * @description A labelled series (of a disk, an interface, a phase) and its newest value.
         */
        SeriesOut: {
            /** Labels */
            labels: {
                [key: string]: string;
            };
            /** Latest */
            latest: number | null;
            /** Name */
            name: string;
            /** Timestamp */
            timestamp: string | null;
            /** Unit */
            unit: string;
        };
        /**
         * Session
         * @description One login.
         */
        Session: {
            /** Address */
            address: string | null;
            /** Created At */
            created_at: string;
            /**
             * Current
             * @default false
             */
            current?: boolean;
            /** Id */
            id: number;
            /** Last Used At */
            last_used_at: string;
            /** User Agent */
            user_agent: string;
        };
        /**
         * Since
         * @description Since when something of a device is as it is.
         */
        Since: {
            /** At */
            at: string;
            /**
             * Before
             * @description What it was before, where it was something else
             */
            before: string | null;
            /**
             * Key
             * @description What of the device: os, address:ipv4:10.0.0.1, port:tcp:22, version:tcp:22; empty: the device as a whole
             */
            key: string;
            /** Scan Id */
            scan_id: number | null;
            /** Scan Name */
            scan_name: string | null;
            /** Snapshot Id */
            snapshot_id: number;
            /** Source */
            source: string | null;
            /** Value */
            value: string;
        };
        /**
         * Site
         * @description A place: addresses are unique within it.
         */
        Site: {
            /** Created At */
            created_at: string;
            /** Description */
            description: string;
            /** Id */
            id: number;
            /** Is Default */
            is_default: boolean;
            /** Name */
            name: string;
            /** Uid */
            uid: string;
        };
        /**
         * SiteCreate
         * @description A new site.
         */
        SiteCreate: {
            /**
             * Description
             * @default
             */
            description?: string;
            /** Name */
            name: string;
        };
        /**
         * SitePatch
         * @description What should be different about a site.
         */
        SitePatch: {
            /** Description */
            description?: string;
            /** Name */
            name?: string;
        };
        /**
         * Snapshot
         * @description A state of a site's inventory with a name.
         */
        Snapshot: {
            /** At */
            at: string;
            /** Changes */
            changes: number;
            /** Id */
            id: number;
            /**
             * Reason
             * @enum {string}
             */
            reason: "scan" | "edit" | "baseline";
            /** Scan Id */
            scan_id: number | null;
            /** Scan Name */
            scan_name: string | null;
            /** Site Id */
            site_id: number;
            /**
             * Uid
             * Format: uuid
             */
            uid: string;
        };
        /**
         * SnmpV2cCredentials
         * @description SNMP v2c; the community travels in clear.
         */
        SnmpV2cCredentials: {
            /** Community */
            community?: string | null;
            /** Name */
            name: string;
            /**
             * Port
             * @description Unset: 161
             */
            port?: number | null;
            /**
             * Site Id
             * @description The site that it serves; null: every site
             */
            site_id?: number | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "snmp_v2c";
            /**
             * Version
             * @description The version that was read; another one in force is a 409
             */
            version?: number | null;
        };
        /**
         * SnmpV3Credentials
         * @description SNMP v3 with the user-based security model (RFC 3414, 3826).
         */
        SnmpV3Credentials: {
            /** Auth Key */
            auth_key?: string | null;
            /**
             * Auth Protocol
             * @default SHA256
             * @enum {string}
             */
            auth_protocol?: "MD5" | "SHA1" | "SHA224" | "SHA256" | "SHA384" | "SHA512";
            /**
             * Context
             * @default
             */
            context?: string;
            /** Name */
            name: string;
            /**
             * Port
             * @description Unset: 161
             */
            port?: number | null;
            /** Priv Key */
            priv_key?: string | null;
            /**
             * Priv Protocol
             * @default AES128
             * @enum {string}
             */
            priv_protocol?: "DES" | "AES128";
            /**
             * Security Level
             * @default authPriv
             * @enum {string}
             */
            security_level?: "noAuthNoPriv" | "authNoPriv" | "authPriv";
            /**
             * Site Id
             * @description The site that it serves; null: every site
             */
            site_id?: number | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "snmp_v3";
            /** Username */
            username: string;
            /**
             * Version
             * @description The version that was read; another one in force is a 409
             */
            version?: number | null;
        };
        /**
         * Sparkline
         * @description A line for a list: moments and means, the oldest first; null where nothing answered.
         */
        Sparkline: {
            /** Metric */
            metric: string;
            /** Monitor Id */
            monitor_id: number;
            /** Points */
            points: [
                string,
                number | null
            ][];
            /** Unit */
            unit: string;
        };
        /**
         * Sparklines
         * @description A line for each monitor that was asked for and is there.
         */
        Sparklines: {
            /** Items */
            items: components["schemas"]["Sparkline"][];
        };
        /**
         * SplitIn
         * @description The addresses of a device that are another device's, and why.
         */
        SplitIn: {
            /** Address Ids */
            address_ids: number[];
            /**
             * Reason
             * @default
             */
            reason?: string;
        };
        /**
         * SplitOut
         * @description The device that was made, and the action by which it can be undone.
         */
        SplitOut: {
            action: components["schemas"]["InboxAction"];
            device: components["schemas"]["Device"];
        };
        /**
         * SshCredentials
         * @description SSH by password or private key; the host key is pinned at the first login.
         */
        SshCredentials: {
            /** Name */
            name: string;
            /**
             * Passphrase
             * @description Of the private key
             */
            passphrase?: string | null;
            /** Password */
            password?: string | null;
            /**
             * Port
             * @description Unset: 22
             */
            port?: number | null;
            /**
             * Private Key
             * @description OpenSSH or PEM
             */
            private_key?: string | null;
            /**
             * Site Id
             * @description The site that it serves; null: every site
             */
            site_id?: number | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "ssh";
            /** Username */
            username: string;
            /**
             * Version
             * @description The version that was read; another one in force is a 409
             */
            version?: number | null;
        };
        /**
         * StateInterval
         * @description From when to when a monitor was in a state, and why.
         */
        StateInterval: {
            /** Ended At */
            ended_at: string | null;
            reason: components["schemas"]["backend__api__monitoring__schemas__Reason"] | null;
            /** Started At */
            started_at: string;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "up" | "down" | "paused" | "unknown";
        };
        /**
         * StatusOut
         * @description How Lanarium is doing; without a login, the version only.
         */
        StatusOut: {
            capabilities?: components["schemas"]["PowersOut"] | null;
            /** Commit */
            commit?: string | null;
            /** Limits */
            limits?: {
                [key: string]: number;
            } | null;
            /** Loops */
            loops?: {
                [key: string]: components["schemas"]["LoopOut"];
            } | null;
            polling?: components["schemas"]["PollingOut"] | null;
            /** Started At */
            started_at?: string | null;
            storage?: components["schemas"]["StorageOut"] | null;
            /** Uptime S */
            uptime_s?: number | null;
            /** Version */
            version: string;
        };
        /**
         * StorageOut
         * @description Which database, and how much of TimescaleDB it offers.
         */
        StorageOut: {
            /** Engine */
            engine: string;
            /**
             * Level
             * @enum {string}
             */
            level: "plain" | "timescale-apache" | "timescale";
            /** Timescale Version */
            timescale_version: string | null;
            /** Version */
            version: string;
        };
        /**
         * Suggestion
         * @description Something that could be watched and is not.
         *
         *     `plugin_id` is the plugin that would be used; null: one is made with `config`. `credential_profile_id` is the
         *     only login that fits; null where none or several do.
         */
        Suggestion: {
            /** Address */
            address: string;
            /** Collector */
            collector: string;
            /** Config */
            config: {
                [key: string]: unknown;
            };
            /** Credential Needed */
            credential_needed: boolean;
            /** Credential Profile Id */
            credential_profile_id: number | null;
            /** Credential Types */
            credential_types: ("winrm" | "ssh" | "snmp_v2c" | "snmp_v3" | "http_basic" | "http_bearer" | "proxmox")[];
            /** Device Id */
            device_id: number;
            /** Device Name */
            device_name: string;
            /** Key */
            key: string;
            /** Plugin Id */
            plugin_id: number | null;
            /** Port */
            port: number;
            /** Protocol */
            protocol: string;
            reason: components["schemas"]["backend__api__monitoring__suggestion_schemas__Reason"];
            /** Service */
            service: string | null;
        };
        /**
         * Tag
         * @description A tag, and how often it is used.
         */
        Tag: {
            /** Color */
            color: string | null;
            /** Count */
            count: number;
            /** Id */
            id: number;
            /** Name */
            name: string;
        };
        /**
         * Ticket
         * @description What the first message on a WebSocket carries; good once, for half a minute.
         */
        Ticket: {
            /** Expires At */
            expires_at: string;
            /** Ticket */
            ticket: string;
        };
        /**
         * TopPort
         * @description A port that many devices have open, and what it mostly is.
         */
        TopPort: {
            /** Count */
            count: number;
            /** Port */
            port: number;
            /** Service */
            service: string | null;
        };
        /**
         * TypeCount
         * @description How many devices are of a type.
         */
        TypeCount: {
            /** Count */
            count: number;
            /** Type */
            type: string;
        };
        /**
         * User
         * @description A person who may log in.
         */
        User: {
            /** Created At */
            created_at: string;
            /** Disabled */
            disabled: boolean;
            /** Email */
            email: string | null;
            /** Full Name */
            full_name: string;
            /** Id */
            id: number;
            /**
             * Language
             * @enum {string}
             */
            language: "en" | "no" | "sv" | "da" | "fi" | "de" | "fr";
            /** Last Login At */
            last_login_at: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "operator" | "viewer";
            /** Site Ids */
            site_ids: number[];
            /**
             * Theme
             * @enum {string}
             */
            theme: "system" | "dark" | "light";
            /** Username */
            username: string;
        };
        /**
         * UserPatch
         * @description What an admin may change about a person; what is left out stays as it is.
         */
        UserPatch: {
            /** Disabled */
            disabled?: boolean;
            /** Email */
            email?: string | null;
            /** Full Name */
            full_name?: string;
            /**
             * Language
             * @enum {string}
             */
            language?: "en" | "no" | "sv" | "da" | "fi" | "de" | "fr";
            /** Password */
            password?: string;
            /**
             * Role
             * @enum {string}
             */
            role?: "admin" | "operator" | "viewer";
            /**
             * Site Ids
             * @description Sites that this is limited to; empty means every site
             */
            site_ids?: number[];
            /**
             * Theme
             * @enum {string}
             */
            theme?: "system" | "dark" | "light";
        };
        /**
         * WinrmCredentials
         * @description Windows over WS-Management: 5985, or 5986 with `use_ssl`.
         */
        WinrmCredentials: {
            /**
             * Ca Certificate
             * @description Trust this authority, in PEM
             */
            ca_certificate?: string | null;
            /**
             * Domain
             * @default
             */
            domain?: string;
            /**
             * Fingerprint
             * @description Accept exactly this certificate
             */
            fingerprint?: string | null;
            /** Name */
            name: string;
            /** Password */
            password?: string | null;
            /**
             * Port
             * @description Unset: 5985, or 5986 with use_ssl
             */
            port?: number | null;
            /**
             * Site Id
             * @description The site that it serves; null: every site
             */
            site_id?: number | null;
            /**
             * Transport
             * @description basic only with use_ssl
             * @default ntlm
             * @enum {string}
             */
            transport?: "ntlm" | "kerberos" | "basic";
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "winrm";
            /**
             * Use Ssl
             * @default false
             */
            use_ssl?: boolean;
            /**
             * Username
             * @description user, DOMAIN\user or user@domain
             */
            username: string;
            /**
             * Verify Certificate
             * @default true
             */
            verify_certificate?: boolean;
            /**
             * Version
             * @description The version that was read; another one in force is a 409
             */
            version?: number | null;
        };
        /**
         * SkippedOut
         * @description A run that did not happen: `missed` (Lanarium was away), `overlap`, `blackout`, or a refusal's code.
         */
        backend__api__discovery__plan_schemas__SkippedOut: {
            /** At */
            at: string;
            /** Code */
            code: string;
            /** Text */
            text: string;
        };
        /**
         * Reason
         * @description Why something is as it is: a code with its params for translation, and a sentence.
         */
        backend__api__monitoring__schemas__Reason: {
            /** Code */
            code: string;
            /** Params */
            params: {
                [key: string]: unknown;
            };
            /** Text */
            text: string;
        };
        /**
         * Reason
         * @description Why it is suggested: `port_open` or `service_understood`.
         */
        backend__api__monitoring__suggestion_schemas__Reason: {
            /** Code */
            code: string;
            /** Params */
            params: {
                [key: string]: unknown;
            };
        };
        /**
         * SkippedOut
         * @description A suggestion that became no monitor.
         */
        backend__api__monitoring__suggestion_schemas__SkippedOut: {
            /** Code */
            code: string;
            /** Key */
            key: string;
            /** Params */
            params: {
                [key: string]: unknown;
            };
            /** Text */
            text: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "tokens-list_tokens": {
        parameters: {
            query?: {
                /** @description Everybody's; for admins */
                all?: boolean;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_ApiToken_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "tokens-create_token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiToken"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedApiToken"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "tokens-revoke_token": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-artifact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "audit-list_events": {
        parameters: {
            query?: {
                /** @description A username */
                actor?: string | null;
                action?: string | null;
                entity?: string | null;
                since?: string | null;
                until?: string | null;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_AuditEvent_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "auth-login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Login"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "auth-logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "auth-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "auth-change_me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileChanges"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "auth-change_password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "auth-refresh": {
        parameters: {
            query?: never;
            header?: {
                /** @description Must be `1`: pages of other sites cannot send it */
                "x-lanarium-refresh"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Login"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "auth-register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "auth-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Session_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "auth-end_session": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "auth-ws_ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-blackouts": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_BlackoutOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-create_blackout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlackoutIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlackoutOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-blackout": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                blackout_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlackoutOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-delete_blackout": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                blackout_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-change_blackout": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                blackout_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlackoutPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlackoutOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "history-list_changes": {
        parameters: {
            query?: {
                site_id?: number | null;
                scan_id?: number | null;
                snapshot_id?: number | null;
                kind?: ("device_new" | "device_removed" | "device_silent" | "device_returned" | "name_changed" | "hostname_changed" | "type_changed" | "vendor_changed" | "os_changed" | "address_gained" | "address_lost" | "port_opened" | "port_closed" | "service_changed" | "version_changed")[];
                source?: string[];
                since?: string | null;
                /** @description Not included */
                until?: string | null;
                /** @description In names, keys, old and new values */
                q?: string;
                /** @description With what flaps */
                noise?: boolean;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Change_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "history-compare_points": {
        parameters: {
            query?: {
                /** @description Unset: the default site */
                site_id?: number | null;
                from_snapshot?: number | null;
                /** @description Unset, and no snapshot: before history began */
                from_time?: string | null;
                to_snapshot?: number | null;
                /** @description Unset, and no snapshot: now */
                to_time?: string | null;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-coverage": {
        parameters: {
            query?: {
                site_id?: number | null;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_NetworkCoverage_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-indirect": {
        parameters: {
            query?: {
                site_id?: number | null;
                /** @description One family of addresses */
                version?: ("4" | "6") | null;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_IndirectAddress_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-read_neighbours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NeighboursRead"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-credential_profiles": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_CredentialProfile_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-create_credential_profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WinrmCredentials"] | components["schemas"]["SshCredentials"] | components["schemas"]["SnmpV2cCredentials"] | components["schemas"]["SnmpV3Credentials"] | components["schemas"]["HttpBasicCredentials"] | components["schemas"]["HttpBearerCredentials"] | components["schemas"]["ProxmoxCredentials"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialProfile"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-credential_profile": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profile_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialProfile"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-replace_credential_profile": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profile_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WinrmCredentials"] | components["schemas"]["SshCredentials"] | components["schemas"]["SnmpV2cCredentials"] | components["schemas"]["SnmpV3Credentials"] | components["schemas"]["HttpBasicCredentials"] | components["schemas"]["HttpBearerCredentials"] | components["schemas"]["ProxmoxCredentials"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialProfile"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-delete_credential_profile": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profile_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-test_credential_profile": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                profile_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CredentialTest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialTested"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-devices": {
        parameters: {
            query?: {
                /** @description Name, host name, address, network (CIDR), MAC in any notation, vendor, notes, or `port:22` */
                q?: string | null;
                site_id?: number | null;
                network?: number[] | null;
                type?: string[] | null;
                tag?: string[] | null;
                port?: number[] | null;
                service?: string[] | null;
                os?: string[] | null;
                vendor?: string[] | null;
                source?: string[] | null;
                seen_since?: string | null;
                has_open_ports?: boolean | null;
                /** @description What people decided; hidden and ignored ones only where they are asked for */
                inbox?: ("new" | "approved" | "hidden" | "ignored")[] | null;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Device_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-create_device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-export": {
        parameters: {
            query?: {
                /** @description Name, host name, address, network (CIDR), MAC in any notation, vendor, notes, or `port:22` */
                q?: string | null;
                site_id?: number | null;
                network?: number[] | null;
                type?: string[] | null;
                tag?: string[] | null;
                port?: number[] | null;
                service?: string[] | null;
                os?: string[] | null;
                vendor?: string[] | null;
                source?: string[] | null;
                seen_since?: string | null;
                has_open_ports?: boolean | null;
                /** @description What people decided; hidden and ignored ones only where they are asked for */
                inbox?: ("new" | "approved" | "hidden" | "ignored")[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-facets": {
        parameters: {
            query?: {
                /** @description Name, host name, address, network (CIDR), MAC in any notation, vendor, notes, or `port:22` */
                q?: string | null;
                site_id?: number | null;
                network?: number[] | null;
                type?: string[] | null;
                tag?: string[] | null;
                port?: number[] | null;
                service?: string[] | null;
                os?: string[] | null;
                vendor?: string[] | null;
                source?: string[] | null;
                seen_since?: string | null;
                has_open_ports?: boolean | null;
                /** @description What people decided; hidden and ignored ones only where they are asked for */
                inbox?: ("new" | "approved" | "hidden" | "ignored")[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceFacets"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-device": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-delete_device": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-change_device": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DevicePatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "history-device_changes": {
        parameters: {
            query?: {
                site_id?: number | null;
                scan_id?: number | null;
                snapshot_id?: number | null;
                kind?: ("device_new" | "device_removed" | "device_silent" | "device_returned" | "name_changed" | "hostname_changed" | "type_changed" | "vendor_changed" | "os_changed" | "address_gained" | "address_lost" | "port_opened" | "port_closed" | "service_changed" | "version_changed")[];
                source?: string[];
                since?: string | null;
                /** @description Not included */
                until?: string | null;
                /** @description In names, keys, old and new values */
                q?: string;
                /** @description With what flaps */
                noise?: boolean;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                device_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Change_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-identity": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identity"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-device_observations": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                device_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Observation_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-device_ports": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                device_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Port_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-rescan_device": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RescanIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "history-since_when": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Since_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-split": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SplitIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SplitOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-discovery_profiles": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_DiscoveryProfileOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-create_discovery_profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiscoveryProfileIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryProfileOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-discovery_profile": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                discovery_profile_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryProfileOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-replace_discovery_profile": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                discovery_profile_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiscoveryProfileIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryProfileOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-delete_discovery_profile": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                discovery_profile_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-last_found": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                discovery_profile_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Found"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-run_discovery_profile": {
        parameters: {
            query?: never;
            header?: {
                /** @description respond-async: do not wait */
                prefer?: string | null;
            };
            path: {
                discovery_profile_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Found"];
                };
            };
            /** @description The run goes on: a scan to watch */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunGoesOn"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "operations-extensions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Extension_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "operations-health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-host_keys": {
        parameters: {
            query?: {
                changed?: boolean | null;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_HostKey_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-forget_host_key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-accept_host_key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acceptance"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostKey"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-host": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                host_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-inbox": {
        parameters: {
            query?: {
                site_id?: number | null;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_InboxItem_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-actions": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_InboxAction_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-act": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InboxActionIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxAction"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-undo": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                action_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxAction"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-metric_units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_MetricUnit_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-monitor_suggestions": {
        parameters: {
            query?: {
                device_id?: number | null;
                network_id?: number | null;
                collector?: string[] | null;
                /** @description Those that were put aside instead */
                dismissed?: boolean;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Suggestion_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-accept_suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-dismiss_suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeysIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decided"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-restore_suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeysIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decided"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-monitors": {
        parameters: {
            query?: {
                /** @description In the names of monitor, device and plugin, or the address */
                q?: string | null;
                site_id?: number | null;
                state?: ("pending" | "up" | "down" | "paused" | "unknown")[] | null;
                type?: string[] | null;
                plugin_id?: number | null;
                device_id?: number | null;
                credential_profile_id?: number | null;
                tag?: string[] | null;
                network?: number[] | null;
                enabled?: boolean | null;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Monitor_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-create_monitor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MonitorBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Monitor"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-change_monitors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkMonitors"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-monitor_facets": {
        parameters: {
            query?: {
                /** @description In the names of monitor, device and plugin, or the address */
                q?: string | null;
                site_id?: number | null;
                state?: ("pending" | "up" | "down" | "paused" | "unknown")[] | null;
                type?: string[] | null;
                plugin_id?: number | null;
                device_id?: number | null;
                credential_profile_id?: number | null;
                tag?: string[] | null;
                network?: number[] | null;
                enabled?: boolean | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitorFacets"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-sparklines": {
        parameters: {
            query: {
                /** @description Monitors: `1,2,3` */
                ids: string;
                points?: number;
                hours?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sparklines"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-test_monitor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MonitorBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckTried"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-monitor": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                monitor_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Monitor"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-replace_monitor": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                monitor_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MonitorBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Monitor"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-delete_monitor": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                monitor_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-check_monitor": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                monitor_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckTried"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-monitor_failures": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                monitor_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Failure_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-latest_metrics": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                monitor_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Latest"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-export_metrics": {
        parameters: {
            query?: {
                /** @description Unset: 24 hours before `to` */
                from?: string | null;
                /** @description Unset: now */
                to?: string | null;
            };
            header?: never;
            path: {
                monitor_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-metrics_history": {
        parameters: {
            query?: {
                /** @description Unset: 24 hours before `to` */
                from?: string | null;
                /** @description Unset: now */
                to?: string | null;
                /** @description How many points fit the chart; unset: rows as stored */
                points?: number | null;
                /** @description Some of up, latency_ms, cpu_percent, memory_total, memory_used, disk_total, disk_used, net_sent_ps, net_recv_ps, net_capacity_ps, process_count, memory_percent, disk_percent, net_sent_percent, net_recv_percent; unset: what its collector measures */
                metrics?: string;
                /** @description Rows in a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
            };
            header?: never;
            path: {
                monitor_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-monitor_samples": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                monitor_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_SeriesOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-samples_history": {
        parameters: {
            query: {
                name: string;
                /** @description JSON, such as {"phase":"connect"} */
                labels?: string;
                /** @description Unset: 24 hours before `to` */
                from?: string | null;
                /** @description Unset: now */
                to?: string | null;
                /** @description How many points fit the chart; unset: rows as stored */
                points?: number | null;
                /** @description Rows in a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
            };
            header?: never;
            path: {
                monitor_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleHistory"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-monitor_schedule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                monitor_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-monitor_states": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                monitor_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_StateInterval_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-networks": {
        parameters: {
            query?: {
                site_id?: number | null;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Network_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-create_network": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NetworkCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-network_proposals": {
        parameters: {
            query?: {
                site_id?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_NetworkProposal_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-network": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                network_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-delete_network": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                network_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-change_network": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                network_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NetworkPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-overview": {
        parameters: {
            query?: {
                site_id?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-plugins": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Plugin_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-create_plugin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PluginBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plugin"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-plugin": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plugin_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plugin"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-replace_plugin": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plugin_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PluginBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plugin"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-delete_plugin": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plugin_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-projects": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_ProjectOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-create_project": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-project": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-delete_project": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-change_project": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-project_scans": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                project_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_ScanOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-provisioning_rules": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_RuleOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-create_provisioning_rule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-provisioning_rule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-replace_provisioning_rule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-delete_provisioning_rule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "operations-ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
        };
    };
    "discovery-scan_profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfilesOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-schedules": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_ScheduleOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-create_schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-schedule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schedule_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-delete_schedule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schedule_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-change_schedule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schedule_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchedulePatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-run_schedule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schedule_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-scans": {
        parameters: {
            query?: {
                project_id?: number | null;
                status?: components["schemas"]["ScanStatus"] | null;
                site_id?: number | null;
                profile?: ("sweep" | "sample" | "quick" | "standard" | "full" | "custom") | null;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_ScanOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-import_scan": {
        parameters: {
            query?: {
                project_id?: number | null;
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/xml": string;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-start_scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScanIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-scan": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-delete_scan": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-scan_artifacts": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_ArtifactOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-scan_chunks": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_ChunkOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-retry_chunk": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scan_id: number;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChunkOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-split_chunk": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scan_id: number;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChunkOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-compare_scans": {
        parameters: {
            query?: {
                /** @description A scan's id, or `previous` */
                with?: string;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComparisonOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-difficult_targets": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_DifficultTargetOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-retry_target": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scan_id: number;
                target_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DifficultTargetOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-export_scan": {
        parameters: {
            query?: {
                format?: "xml" | "json" | "csv";
            };
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                    "application/xml": string;
                    "text/csv": string;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-scan_heatmap": {
        parameters: {
            query?: {
                cells?: number;
            };
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeatmapOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-scan_hosts": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_HostOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-scan_lines": {
        parameters: {
            query?: {
                /** @description The number of the last line that you have */
                after?: number;
                limit?: number;
                /** @description Only lines with this text, in whatever case */
                q?: string | null;
                /** @description Only lines of this chunk */
                chunk?: number | null;
            };
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_LineOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-scan_log": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-pause_scan": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-resume_scan": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-scan_sample": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-stop_scan": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scan_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-search": {
        parameters: {
            query?: {
                /** @description Name, host name, address, network (CIDR), MAC in any notation, vendor, notes, or `port:22` */
                q?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_SearchHit_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "monitoring-change_retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetentionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionOut"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-sites": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Site_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-create_site": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-site": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-delete_site": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-change_site": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SitePatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "history-list_snapshots": {
        parameters: {
            query?: {
                site_id?: number | null;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Snapshot_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "history-one_snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                snapshot_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snapshot"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "operations-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusOut"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "inventory-tags": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_Tag_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-expand_targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExpandIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Expansion"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "discovery-target_history": {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path: {
                address: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_HostOut_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "users-list_users": {
        parameters: {
            query?: {
                /** @description Part of a name or an e-mail address */
                q?: string | null;
                role?: ("admin" | "operator" | "viewer") | null;
                disabled?: boolean | null;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string | null;
                /** @description A field; `-field` for descending */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing_User_"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "users-create_user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "users-get_user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "users-delete_user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "users-change_user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
