import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import type { DiscoveryProfile } from '@/api/types'

export type DiscoveryBody = Pick<DiscoveryProfile, 'name' | 'credential_profile_id' | 'subnet' | 'port_scan' | 'enabled' | 'cron' | 'timezone' | 'auto_provision'>

const KEY = 'discovery-profiles'
const MOST = 500

export const discoveryProfilesOptions = queryOptions({
  queryKey: [KEY],
  queryFn: () => unwrap(api.GET('/api/v1/discovery-profiles', { params: { query: { limit: MOST } } })),
  refetchInterval: 60_000,
})

export const credentialChoicesOptions = queryOptions({
  queryKey: ['credential-profiles', 'choices'],
  queryFn: () => unwrap(api.GET('/api/v1/credential-profiles', { params: { query: { limit: MOST } } })),
})

const ofOne = (id: number) => ({ params: { path: { discovery_profile_id: id } } })

export const saveDiscoveryProfile = (id: number | undefined, body: DiscoveryBody): Promise<DiscoveryProfile> =>
  unwrap(id === undefined ? api.POST('/api/v1/discovery-profiles', { body }) : api.PUT('/api/v1/discovery-profiles/{discovery_profile_id}', { ...ofOne(id), body }))

export const removeDiscoveryProfile = (id: number) => unwrap(api.DELETE('/api/v1/discovery-profiles/{discovery_profile_id}', ofOne(id)))

const bodyOf = ({ name, credential_profile_id, subnet, port_scan, enabled, cron, timezone, auto_provision }: DiscoveryProfile): DiscoveryBody => ({
  name,
  credential_profile_id,
  subnet,
  port_scan,
  enabled,
  cron,
  timezone,
  auto_provision,
})

/** The same profile, but switched on or off. */
export function useSwitchProfile() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ profile, enabled }: { profile: DiscoveryProfile; enabled: boolean }) => saveDiscoveryProfile(profile.id, { ...bodyOf(profile), enabled }),
    onSettled: () => client.invalidateQueries({ queryKey: [KEY] }),
  })
}

const STALE = [KEY, 'devices', 'monitors', 'scans', 'monitor-suggestions']

/** Runs a profile now; what it finds is in the inventory afterwards. */
export function useRunProfile(id: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/discovery-profiles/{discovery_profile_id}/run', ofOne(id))),
    onSettled: () => Promise.all(STALE.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}

export type RunAnswer = NonNullable<ReturnType<typeof useRunProfile>['data']>
