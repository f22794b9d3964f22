import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { call } from '@/api/raw'
import type { Page } from '@/api/types'

export type RunCounts = { found: number; windows: number; provisioned: number }
/** What is watched of what was found. No collector named: every one that fits; no interval: the usual one. */
export type AutoProvision = { collectors: string[]; interval: number | null }
export type DiscoveryProfile = {
  id: number
  name: string
  credential_profile_id: number
  subnet: string
  port_scan: boolean
  enabled: boolean
  cron: string
  timezone: string
  auto_provision: AutoProvision | null
  next_run_at: string | null
  last_run_at: string | null
  last_result: RunCounts | null
  last_error: { code: string; params?: Record<string, unknown>; text: string } | string | null
}
export type DiscoveryBody = Pick<DiscoveryProfile, 'name' | 'credential_profile_id' | 'subnet' | 'port_scan' | 'enabled' | 'cron' | 'timezone' | 'auto_provision'>
export type FoundDevice = { id: number; name: string; address: string; hostname?: string | null; os?: string | null; windows?: boolean }
/** Whole, or, when it takes longer than a person waits, the scan to watch. */
export type RunAnswer = { found?: number; devices?: FoundDevice[]; scan_id?: number | null }

const KEY = 'discovery-profiles'

export const discoveryProfilesOptions = queryOptions({ queryKey: [KEY], queryFn: () => call<Page<DiscoveryProfile>>('GET', `/${KEY}`, { query: { limit: 500 } }), refetchInterval: 60_000 })

export const credentialChoicesOptions = queryOptions({
  queryKey: ['credential-profiles', 'choices'],
  queryFn: () => unwrap(api.GET('/api/v1/credential-profiles', { params: { query: { limit: 500 } } })),
})

export const saveDiscoveryProfile = (id: number | undefined, body: DiscoveryBody): Promise<DiscoveryProfile> =>
  id === undefined ? call('POST', `/${KEY}`, { body }) : call('PUT', `/${KEY}/${id}`, { body })

export const removeDiscoveryProfile = (id: number) => call<undefined>('DELETE', `/${KEY}/${id}`)

/** The same profile, but switched on or off. */
export function useSwitchProfile() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ profile, enabled }: { profile: DiscoveryProfile; enabled: boolean }) => saveDiscoveryProfile(profile.id, { ...bodyOf(profile), enabled }),
    onSettled: () => client.invalidateQueries({ queryKey: [KEY] }),
  })
}

export function bodyOf({ name, credential_profile_id, subnet, port_scan, enabled, cron, timezone, auto_provision }: DiscoveryProfile): DiscoveryBody {
  return { name, credential_profile_id, subnet, port_scan, enabled, cron, timezone, auto_provision }
}

/** Runs a profile now; what it finds is in the inventory afterwards. */
export function useRunProfile(id: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call<RunAnswer>('POST', `/${KEY}/${id}/run`),
    onSettled: () => Promise.all([KEY, 'devices', 'monitors', 'scans', 'monitor-suggestions'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}
