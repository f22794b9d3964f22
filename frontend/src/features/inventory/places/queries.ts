import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { listOptions } from '@/api/lists'
import type { Network } from '@/api/types'

export const networksQuery = (siteId: number | undefined, sort: string | undefined) =>
  listOptions(['networks', 'list', siteId, sort] as const, (cursor) =>
    unwrap(api.GET('/api/v1/networks', { params: { query: { limit: 100, ...(siteId === undefined ? {} : { site_id: siteId }), ...(sort ? { sort } : {}), ...(cursor ? { cursor } : {}) } } })),
  )

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

/** Allows each network, then starts the first scan over all of them. */
export async function allowAndScan(cidrs: readonly string[]): Promise<number> {
  for (const cidr of cidrs) await createNetwork({ cidr, scan_allowed: true })
  const scan = await unwrap(api.POST('/api/v1/scans/start', { body: { targets: [...cidrs], profile: 'standard' } }))
  return scan.id
}
