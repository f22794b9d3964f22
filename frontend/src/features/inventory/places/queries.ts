import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { listOptions } from '@/api/lists'
import { ApiError } from '@/api/problem'
import type { Network, NetworkProposal } from '@/api/types'

export const networksQuery = (siteId: number | undefined, sort: string | undefined) =>
  listOptions(['networks', 'list', siteId, sort] as const, (cursor) =>
    unwrap(api.GET('/api/v1/networks', { params: { query: { limit: 100, ...(siteId === undefined ? {} : { site_id: siteId }), ...(sort ? { sort } : {}), ...(cursor ? { cursor } : {}) } } })),
  )

/** The networks of all sites, to count them by site. */
export const everyNetworkQuery = queryOptions({
  queryKey: ['networks', 'every'],
  queryFn: () => unwrap(api.GET('/api/v1/networks', { params: { query: { limit: 500 } } })),
})

/** Networks that this machine can see by itself; asking sends no packet. */
export const proposalsQuery = queryOptions({
  queryKey: ['networks', 'proposals'],
  queryFn: () => unwrap(api.GET('/api/v1/networks/proposals', {})),
  staleTime: 30_000,
})

export type NetworkInput = { cidr: string; name: string; description: string; vlan: number | null; scan_allowed: boolean; allow_public: boolean; confirm_public: string; tags: string[] }

/** The server's answers that ask a person to type a public range once more. */
export const PUBLIC_CODES: ReadonlySet<string> = new Set(['network_public', 'confirmation_needed'])

export const createNetwork = (body: Partial<NetworkInput> & { cidr: string; site_id?: number }): Promise<Network> =>
  unwrap(api.POST('/api/v1/networks', { body }))

export const updateNetwork = (id: number, body: Partial<Omit<NetworkInput, 'cidr'>>): Promise<Network> =>
  unwrap(api.PATCH('/api/v1/networks/{network_id}', { params: { path: { network_id: id } }, body }))

export const deleteNetwork = (id: number) => unwrap(api.DELETE('/api/v1/networks/{network_id}', { params: { path: { network_id: id } } }))

const LARGEST_SCAN = 65_536

/** What a scan of a network asks: all of it, the addresses seen in an IPv6 network, nothing of one that is too large. */
const targetsOf = (proposal: NetworkProposal): string[] =>
  proposal.cidr.includes(':') ? proposal.ipv6_seen : proposal.addresses > LARGEST_SCAN ? [] : [proposal.cidr]

/** Allows each network, then starts the first scan over all of them; null when there is nothing in them to ask. */
export async function allowAndScan(proposals: readonly NetworkProposal[]): Promise<number | null> {
  for (const { cidr } of proposals) await createNetwork({ cidr, scan_allowed: true }).catch(allowedAlready)
  const targets = proposals.flatMap(targetsOf)
  if (targets.length === 0) return null
  const scan = await unwrap(api.POST('/api/v1/scans/start', { body: { targets, profile: 'standard' } }))
  return scan.id
}

/** A second try after a scan that could not start finds the networks written down. */
function allowedAlready(error: unknown): void {
  if (!(error instanceof ApiError) || error.code !== 'network_exists') throw error
}
