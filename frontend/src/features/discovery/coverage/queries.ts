import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { listOptions } from '@/api/lists'
import type { NetworkCoverage } from '@/api/types'

const inSite = (siteId: number | undefined) => (siteId === undefined ? {} : { site_id: siteId })

export const coverageOptions = (siteId: number | undefined) =>
  queryOptions({
    // Under 'networks': what a scan writes makes it stale.
    queryKey: ['networks', 'coverage', siteId],
    queryFn: () => unwrap(api.GET('/api/v1/coverage', { params: { query: { limit: 200, ...inSite(siteId) } } })),
  })

export const indirectOptions = (siteId: number | undefined, sort: string | undefined) =>
  listOptions(['networks', 'indirect', siteId, sort] as const, (cursor) =>
    unwrap(api.GET('/api/v1/coverage/indirect', { params: { query: { limit: 100, ...inSite(siteId), ...(sort ? { sort } : {}), ...(cursor ? { cursor } : {}) } } })),
  )

/** Reads the kernel's neighbour tables now. */
export function useListen() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/coverage/neighbours', {})),
    onSuccess: () => Promise.all(['networks', 'devices', 'overview'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}

export const LARGEST_SCAN = 65_536
const QUICK_FROM = 4_096

/** What was never asked of a network, as targets of one scan; of an IPv6 network only what is known to be there. */
export function neverAsked(network: NetworkCoverage): { targets: string[]; count: number; cut: boolean } {
  const wanted = network.network.includes(':') ? ['indirect'] : ['indirect', 'never']
  const targets: string[] = []
  let count = 0
  for (const range of network.ranges) {
    if (!wanted.includes(range.state)) continue
    if (count + range.addresses > LARGEST_SCAN) {
      const rest = LARGEST_SCAN - count
      if (rest > 0 && !network.network.includes(':')) targets.push(rangeText(range.first, ipv4After(range.first, rest - 1)))
      return { targets, count: count + Math.max(0, rest), cut: true }
    }
    targets.push(rangeText(range.first, range.last))
    count += range.addresses
  }
  return { targets, count, cut: false }
}

export const rangeText = (first: string, last: string): string => (first === last ? first : `${first}-${last}`)

const ipv4After = (address: string, by: number): string => {
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + by
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}

/** Starts a scan of these targets; a large one asks less of each. */
export function useScanTargets() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ targets, count, name, project }: { targets: string[]; count: number; name: string; project?: number }) =>
      unwrap(api.POST('/api/v1/scans/start', { body: { targets, name, ...(project === undefined ? {} : { project_id: project }), profile: count > QUICK_FROM ? 'quick' : 'standard' } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['scans'] }),
  })
}
