/**
  * The API's shapes in the structure of openapi-typescript.
  */

export interface components {
  schemas: {
    Problem: { type?: string; title?: string; status: number; detail?: string; code: string; params?: { [key: string]: unknown }; errors?: { field: string; code: string; params?: { [key: string]: unknown } }[] }
    User: { id: number; username: string; email: string | null; full_name: string | null; role: "admin" | "operator" | "viewer"; site_ids: number[]; language: string | null; theme: "system" | "dark" | "light"; disabled: boolean; created_at: string; last_login_at: string | null }
    UserCreate: { username: string; password: string; role: "admin" | "operator" | "viewer"; email?: string | null; full_name?: string | null; site_ids?: number[] }
    UserPatch: { username?: string; password?: string; role?: "admin" | "operator" | "viewer"; email?: string | null; full_name?: string | null; site_ids?: number[]; disabled?: boolean }
    ProfilePatch: { language?: string | null; theme?: "system" | "dark" | "light"; email?: string | null; full_name?: string | null }
    PasswordChange: { current_password: string; new_password: string }
    Token: { token: string; token_type: string; expires_at: string; user: components["schemas"]["User"] }
    Session: { id: number; created_at: string; last_used_at: string; address: string | null; user_agent: string | null; current: boolean }
    WsTicket: { ticket: string; expires_at: string }
    ApiToken: { id: number; name: string; role: "admin" | "operator" | "viewer"; prefix: string; site_ids: number[]; expires_at: string; last_used_at: string | null; created_at: string; user_id: number; username: string }
    ApiTokenCreate: { name: string; role: "admin" | "operator" | "viewer"; expires_in_days?: number; site_ids?: number[] }
    NewApiToken: components["schemas"]["ApiToken"] & { token: string }
    AuditEvent: { id: number; at: string; actor: string; actor_kind: "user" | "token" | "system" | "cli"; action: string; entity: string | null; entity_id: string | null; address: string | null; detail: { [key: string]: unknown } }
    Site: { id: number; uid: string; name: string; description: string; is_default: boolean; created_at: string }
    SiteCreate: { name: string; description?: string }
    SitePatch: { name?: string; description?: string }
    Network: { id: number; uid: string; site_id: number; cidr: string; name: string; description: string; vlan: number | null; scan_allowed: boolean; allow_public: boolean; tags: string[]; device_count: number; created_at: string; confirmed_by: string | null; confirmed_at: string | null }
    NetworkCreate: { site_id?: number; cidr: string; name?: string; description?: string; vlan?: number | null; scan_allowed?: boolean; allow_public?: boolean; tags?: string[] }
    NetworkPatch: { name?: string; description?: string; vlan?: number | null; scan_allowed?: boolean; allow_public?: boolean; tags?: string[] }
    NetworkProposal: { cidr: string; interface: string | null; gateway: string | null; source: "interface" | "route" | "neighbours" | "resolver"; hosts_known: number; addresses: number; seconds_estimated: number; preselected: boolean; already_allowed: boolean }
    Project: { id: number; uid: string; name: string; description: string; site_id: number; scan_count: number; last_scan_at: string | null; created_at: string }
    ProjectCreate: { name: string; description?: string; site_id?: number }
    ProjectPatch: { name?: string; description?: string }
    ScanOptions: { host_discovery?: string; tcp_ports?: string | null; udp_ports?: string | null; service_versions?: boolean; version_intensity?: number; os_detection?: boolean; scripts?: string[]; timing?: "polite" | "normal" | "aggressive"; max_rate?: number | null; resolve_names?: boolean }
    ScanProfile: { name: "quick" | "standard" | "full" | "custom"; summary_code: string; options: components["schemas"]["ScanOptions"]; available: boolean; limitations: string[] }
    ScanProfiles: { items: components["schemas"]["ScanProfile"][]; total: number; next: string | null; option_schema: { [key: string]: unknown }; scripts?: string[] }
    TargetsExpand: { targets: string | string[]; exclusions?: string | string[]; site_id?: number; profile?: string; options?: components["schemas"]["ScanOptions"]; chunk_size?: number; concurrency?: number }
    TargetExpansion: { address_count: number; ranges: string[]; names: { name: string; addresses: string[] }[]; networks: { cidr: string; name: string }[]; chunks_estimated: number; seconds_estimated: number }
    ScanStart: { project_id?: number; targets: string | string[]; exclusions?: string | string[]; profile?: string; options?: components["schemas"]["ScanOptions"]; chunk_size?: number; concurrency?: number; host_timeout_s?: number; chunk_timeout_s?: number; name?: string }
    Message: { code: string; params: { [key: string]: string | number | boolean | null | string[] }; text: string }
    Scan: { id: number; uid: string; project_id: number; project_name: string; site_id: number; name: string; status: "queued" | "running" | "stopping" | "completed" | "partial" | "stopped" | "failed" | "interrupted"; profile: string; options: components["schemas"]["ScanOptions"]; targets: string[]; exclusions: string[]; address_count: number; chunk_size: number; concurrency: number; host_timeout_s: number | null; chunk_timeout_s: number | null; chunks: components["schemas"]["ChunkCounts"]; hosts_up: number; hosts_done: number; ports_open: number; progress: number; requested_by: string | null; created_at: string; started_at: string | null; finished_at: string | null; message: components["schemas"]["Message"] | null; capabilities: { raw_sockets: boolean }; can: { stop: boolean; resume: boolean; delete: boolean } }
    ChunkCounts: { total: number; queued: number; running: number; done: number; partial: number; failed: number; stopped: number }
    Artifact: { uid: string; scan_id: number; chunk_id: number; kind: "xml" | "nmap" | "gnmap"; size: number; complete: boolean; created_at: string }
    Chunk: { id: number; uid: string; number: number; targets: string[]; target_count: number; status: "queued" | "running" | "done" | "partial" | "failed" | "stopped"; attempts: number; started_at: string | null; finished_at: string | null; hosts_up: number; hosts_done: number; message: components["schemas"]["Message"] | null; artifacts: components["schemas"]["Artifact"][] }
    Host: { id: number; scan_id: number; address: string; hostname: string | null; mac: string | null; vendor: string | null; os: string | null; device_id: number | null; ports_open: number; observed_at: string; ports: components["schemas"]["Port"][] }
    ScanLine: { seq: number; chunk: number | null; text: string; at: string; kind: "out" | "err" | "note" }
    Script: { name: string; output: string }
    Port: { id: number; address?: string | null; protocol: string; port: number; state: string; service: string | null; product: string | null; version: string | null; extra: string | null; tunnel: string | null; scripts: components["schemas"]["Script"][]; first_seen: string; last_seen: string }
    LosingFact: { value: string | null; source: string; observed_at: string }
    Fact: { value: string | null; source: string; observed_at: string; confidence: number | null; pinned: boolean; pinned_by: string | null; losing: components["schemas"]["LosingFact"][] }
    DeviceAddress: { address: string; kind: "ipv4" | "ipv6" | "mac" | "name"; first_seen: string; last_seen: string; source: string }
    Device: { id: number; uid: string; site_id: number; name: string; hostname: string | null; type: string | null; vendor: string | null; os: string | null; os_accuracy: number | null; primary_address: string | null; mac: string | null; status: "up" | "unknown"; tags: string[]; notes: string; ports_open: number; first_seen: string; last_seen: string; sources: string[]; manual: boolean; ports?: { protocol: string; port: number; service: string | null }[]; addresses?: components["schemas"]["DeviceAddress"][]; facts?: { [key: string]: components["schemas"]["Fact"] } }
    DeviceCreate: { site_id?: number; name: string; address?: string | null; mac?: string | null; hostname?: string | null; type?: string | null; vendor?: string | null; os?: string | null; notes?: string; tags?: string[] }
    DevicePatch: { name?: string | null; type?: string | null; hostname?: string | null; vendor?: string | null; os?: string | null; notes?: string | null; tags?: string[] | null; icon?: string | null }
    Observation: { id: number; uid: string; source: string; scan_id: number | null; observed_at: string; address: string | null; facts: { [key: string]: unknown } }
    Facet: { value: string; count: number }
    DeviceFacets: { type: components["schemas"]["Facet"][]; vendor: components["schemas"]["Facet"][]; os: components["schemas"]["Facet"][]; tag: components["schemas"]["Facet"][]; port: components["schemas"]["Facet"][]; service: components["schemas"]["Facet"][]; network: components["schemas"]["Facet"][]; source: components["schemas"]["Facet"][] }
    Tag: { id: number; name: string; color: string | null; count: number }
    SearchHit: { kind: "device" | "address" | "port" | "network" | "scan" | "project"; id: number; title: string; subtitle: string | null; link: string }
    Coverage: { network_id: number; cidr: string; name: string; addresses: number; devices: number; last_scan_at: string | null }
    TopPort: { port: number; service: string | null; count: number }
    Overview: { devices: { total: number; up: number; new_24h: number; by_type: { type: string; count: number }[] }; ports: { open: number; new_24h: number; top: components["schemas"]["TopPort"][] }; networks: { total: number; allowed: number; scanned_24h: number; coverage: components["schemas"]["Coverage"][] }; scans: { running: components["schemas"]["Scan"][]; recent: components["schemas"]["Scan"][] }; recent_devices: components["schemas"]["Device"][]; needs_setup: boolean }
    Status: { version: string; commit?: string | null; storage?: { engine: string; version: string; level: "plain" | "timescale-apache" | "timescale" }; capabilities?: { raw_sockets: boolean; nmap_version: string | null; [key: string]: unknown }; limits?: { [key: string]: unknown }; started_at?: string; uptime_s?: number; loops?: { [key: string]: unknown } }
    Extension: { kind: "source" | "collector" | "sync" | "notifier"; name: string; summary: string; options_schema: { [key: string]: unknown } }
  }
}

type Json<T> = { content: { "application/json": T } }
type NoBody = { content?: never }
type Problems = { 400: Json<components["schemas"]["Problem"]>; 401: Json<components["schemas"]["Problem"]>; 403: Json<components["schemas"]["Problem"]>; 404: Json<components["schemas"]["Problem"]>; 409: Json<components["schemas"]["Problem"]>; 422: Json<components["schemas"]["Problem"]> }
type List<T> = { items: T[]; total: number; next: string | null }
type Paging = { limit?: number; cursor?: string; sort?: string }

export interface paths {
  "/api/v1/auth/me": {
    get: { parameters: {  }; requestBody?: never; responses: { 200: Json<components["schemas"]["User"]> } & Problems }
    patch: { parameters: {  }; requestBody: Json<components["schemas"]["ProfilePatch"]>; responses: { 200: Json<components["schemas"]["User"]> } & Problems }
  }
  "/api/v1/auth/password": {
    post: { parameters: {  }; requestBody: Json<components["schemas"]["PasswordChange"]>; responses: { 204: NoBody } & Problems }
  }
  "/api/v1/auth/sessions": {
    get: { parameters: {  }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Session"]>> } & Problems }
  }
  "/api/v1/auth/sessions/{id}": {
    delete: { parameters: { path: { id: number } }; requestBody?: never; responses: { 204: NoBody } & Problems }
  }
  "/api/v1/auth/ws-ticket": {
    post: { parameters: {  }; requestBody?: never; responses: { 200: Json<components["schemas"]["WsTicket"]> } & Problems }
  }
  "/api/v1/users": {
    get: { parameters: { query?: Paging }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["User"]>> } & Problems }
    post: { parameters: {  }; requestBody: Json<components["schemas"]["UserCreate"]>; responses: { 200: Json<components["schemas"]["User"]> } & Problems }
  }
  "/api/v1/users/{id}": {
    get: { parameters: { path: { id: number } }; requestBody?: never; responses: { 200: Json<components["schemas"]["User"]> } & Problems }
    patch: { parameters: { path: { id: number } }; requestBody: Json<components["schemas"]["UserPatch"]>; responses: { 200: Json<components["schemas"]["User"]> } & Problems }
    delete: { parameters: { path: { id: number } }; requestBody?: never; responses: { 204: NoBody } & Problems }
  }
  "/api/v1/api-tokens": {
    get: { parameters: { query?: Paging & { all?: boolean } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["ApiToken"]>> } & Problems }
    post: { parameters: {  }; requestBody: Json<components["schemas"]["ApiTokenCreate"]>; responses: { 200: Json<components["schemas"]["NewApiToken"]> } & Problems }
  }
  "/api/v1/api-tokens/{id}": {
    delete: { parameters: { path: { id: number } }; requestBody?: never; responses: { 204: NoBody } & Problems }
  }
  "/api/v1/audit-events": {
    get: { parameters: { query?: Paging & { actor?: string; action?: string; entity?: string; since?: string; until?: string } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["AuditEvent"]>> } & Problems }
  }
  "/api/v1/sites": {
    get: { parameters: { query?: Paging }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Site"]>> } & Problems }
    post: { parameters: {  }; requestBody: Json<components["schemas"]["SiteCreate"]>; responses: { 200: Json<components["schemas"]["Site"]> } & Problems }
  }
  "/api/v1/sites/{id}": {
    patch: { parameters: { path: { id: number } }; requestBody: Json<components["schemas"]["SitePatch"]>; responses: { 200: Json<components["schemas"]["Site"]> } & Problems }
    delete: { parameters: { path: { id: number } }; requestBody?: never; responses: { 204: NoBody } & Problems }
  }
  "/api/v1/networks": {
    get: { parameters: { query?: Paging & { site_id?: number } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Network"]>> } & Problems }
    post: { parameters: {  }; requestBody: Json<components["schemas"]["NetworkCreate"]>; responses: { 200: Json<components["schemas"]["Network"]> } & Problems }
  }
  "/api/v1/networks/{id}": {
    get: { parameters: { path: { id: number } }; requestBody?: never; responses: { 200: Json<components["schemas"]["Network"]> } & Problems }
    patch: { parameters: { path: { id: number } }; requestBody: Json<components["schemas"]["NetworkPatch"]>; responses: { 200: Json<components["schemas"]["Network"]> } & Problems }
    delete: { parameters: { path: { id: number } }; requestBody?: never; responses: { 204: NoBody } & Problems }
  }
  "/api/v1/networks/proposals": {
    get: { parameters: { query?: { site_id?: number } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["NetworkProposal"]>> } & Problems }
  }
  "/api/v1/projects": {
    get: { parameters: { query?: Paging & { site_id?: number } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Project"]>> } & Problems }
    post: { parameters: {  }; requestBody: Json<components["schemas"]["ProjectCreate"]>; responses: { 200: Json<components["schemas"]["Project"]> } & Problems }
  }
  "/api/v1/projects/{id}": {
    get: { parameters: { path: { id: number } }; requestBody?: never; responses: { 200: Json<components["schemas"]["Project"]> } & Problems }
    patch: { parameters: { path: { id: number } }; requestBody: Json<components["schemas"]["ProjectPatch"]>; responses: { 200: Json<components["schemas"]["Project"]> } & Problems }
    delete: { parameters: { path: { id: number } }; requestBody?: never; responses: { 204: NoBody } & Problems }
  }
  "/api/v1/projects/{id}/scans": {
    get: { parameters: { query?: Paging; path: { id: number } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Scan"]>> } & Problems }
  }
  "/api/v1/scan-profiles": {
    get: { parameters: {  }; requestBody?: never; responses: { 200: Json<components["schemas"]["ScanProfiles"]> } & Problems }
  }
  "/api/v1/targets/expand": {
    post: { parameters: {  }; requestBody: Json<components["schemas"]["TargetsExpand"]>; responses: { 200: Json<components["schemas"]["TargetExpansion"]> } & Problems }
  }
  "/api/v1/targets/{address}/history": {
    get: { parameters: { query?: Paging; path: { address: string } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Observation"]>> } & Problems }
  }
  "/api/v1/scans": {
    get: { parameters: { query?: Paging & { project_id?: number; status?: string; site_id?: number; profile?: string } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Scan"]>> } & Problems }
  }
  "/api/v1/scans/start": {
    post: { parameters: {  }; requestBody: Json<components["schemas"]["ScanStart"]>; responses: { 200: Json<components["schemas"]["Scan"]> } & Problems }
  }
  "/api/v1/scans/{id}": {
    get: { parameters: { path: { id: number } }; requestBody?: never; responses: { 200: Json<components["schemas"]["Scan"]> } & Problems }
    delete: { parameters: { path: { id: number } }; requestBody?: never; responses: { 204: NoBody } & Problems }
  }
  "/api/v1/scans/{id}/stop": {
    post: { parameters: { path: { id: number } }; requestBody?: never; responses: { 200: Json<components["schemas"]["Scan"]> } & Problems }
  }
  "/api/v1/scans/{id}/resume": {
    post: { parameters: { path: { id: number } }; requestBody?: never; responses: { 200: Json<components["schemas"]["Scan"]> } & Problems }
  }
  "/api/v1/scans/{id}/chunks": {
    get: { parameters: { query?: Paging & { status?: string }; path: { id: number } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Chunk"]>> } & Problems }
  }
  "/api/v1/scans/{id}/hosts": {
    get: { parameters: { query?: Paging; path: { id: number } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Host"]>> } & Problems }
  }
  "/api/v1/scans/{id}/lines": {
    get: { parameters: { query?: { after?: number; limit?: number }; path: { id: number } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["ScanLine"]>> } & Problems }
  }
  "/api/v1/scans/{id}/artifacts": {
    get: { parameters: { query?: Paging; path: { id: number } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Artifact"]>> } & Problems }
  }
  "/api/v1/hosts/{id}": {
    get: { parameters: { path: { id: number } }; requestBody?: never; responses: { 200: Json<components["schemas"]["Host"]> } & Problems }
  }
  "/api/v1/devices": {
    get: { parameters: { query?: Paging & { q?: string; site_id?: number; network?: string; type?: string; tag?: string; port?: string; service?: string; os?: string; vendor?: string; source?: string; seen_since?: string; has_open_ports?: boolean } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Device"]>> } & Problems }
    post: { parameters: {  }; requestBody: Json<components["schemas"]["DeviceCreate"]>; responses: { 200: Json<components["schemas"]["Device"]> } & Problems }
  }
  "/api/v1/devices/{id}": {
    get: { parameters: { path: { id: number } }; requestBody?: never; responses: { 200: Json<components["schemas"]["Device"]> } & Problems }
    patch: { parameters: { path: { id: number } }; requestBody: Json<components["schemas"]["DevicePatch"]>; responses: { 200: Json<components["schemas"]["Device"]> } & Problems }
    delete: { parameters: { path: { id: number } }; requestBody?: never; responses: { 204: NoBody } & Problems }
  }
  "/api/v1/devices/{id}/ports": {
    get: { parameters: { query?: Paging; path: { id: number } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Port"]>> } & Problems }
  }
  "/api/v1/devices/{id}/observations": {
    get: { parameters: { query?: Paging; path: { id: number } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Observation"]>> } & Problems }
  }
  "/api/v1/devices/facets": {
    get: { parameters: { query?: { q?: string; site_id?: number; network?: string; type?: string; tag?: string; port?: string; service?: string; os?: string; vendor?: string; source?: string; seen_since?: string; has_open_ports?: boolean } }; requestBody?: never; responses: { 200: Json<components["schemas"]["DeviceFacets"]> } & Problems }
  }
  "/api/v1/tags": {
    get: { parameters: { query?: Paging }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Tag"]>> } & Problems }
  }
  "/api/v1/search": {
    get: { parameters: { query: { q: string; limit?: number } }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["SearchHit"]>> } & Problems }
  }
  "/api/v1/overview": {
    get: { parameters: { query?: { site_id?: number } }; requestBody?: never; responses: { 200: Json<components["schemas"]["Overview"]> } & Problems }
  }
  "/api/v1/extensions": {
    get: { parameters: {  }; requestBody?: never; responses: { 200: Json<List<components["schemas"]["Extension"]>> } & Problems }
  }
}
