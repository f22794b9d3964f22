import type { Monitor, MonitorBody } from '@/api/types'

/** A monitor as its form holds it. `interval` 0: the collector's usual one. `config` is what differs from the plugin. */
export type MonitorDraft = {
  device: { id: number; name: string; address?: string | null | undefined } | null
  address: string
  plugin: number | null
  credential: number | null
  interval: number
  name: string
  tags: string[]
  config: Record<string, unknown>
  enabled: boolean
  version: number | null
}

export function draftOf(monitor: Monitor | undefined, device: MonitorDraft['device'] | undefined): MonitorDraft {
  const empty: MonitorDraft = { device: device ?? null, address: '', plugin: null, credential: null, interval: 0, name: '', tags: [], config: {}, enabled: true, version: null }
  if (!monitor) return empty
  return {
    device: monitor.device_id === null ? null : { id: monitor.device_id, name: monitor.device_name ?? String(monitor.device_id), address: monitor.own_address ? null : monitor.address },
    address: monitor.own_address ?? '',
    plugin: monitor.plugin_id,
    credential: monitor.credential_profile_id,
    interval: monitor.polling_interval,
    name: monitor.own_name,
    tags: monitor.tags,
    config: monitor.config,
    enabled: monitor.enabled,
    version: monitor.version,
  }
}

/** What is sent; null while something needed is missing. */
export function bodyOf(draft: MonitorDraft, usual: number): MonitorBody | null {
  const address = draft.address.trim()
  if (draft.plugin === null || (draft.device === null && !address)) return null
  return {
    device_id: draft.device?.id ?? null,
    address: address || null,
    plugin_id: draft.plugin,
    credential_profile_id: draft.credential,
    polling_interval: draft.interval || usual,
    name: draft.name.trim(),
    tags: draft.tags,
    config: draft.config,
    enabled: draft.enabled,
    ...(draft.version === null ? {} : { version: draft.version }),
  }
}
