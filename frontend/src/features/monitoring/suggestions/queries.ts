import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { listOptions } from '@/api/lists'
import type { ProvisioningRule, Suggestion } from '@/api/types'

export type SuggestionFilters = { device_id?: number; network_id?: number; collector?: string; dismissed?: boolean }
type AcceptBody = { keys: string[] } | { all: SuggestionFilters }
export type AcceptAs = { credential_profile_ids: Record<string, number>; interval: number | null }

const PAGE = 100
const MOST = 500
const KEY = 'monitor-suggestions'

const page = ({ collector, ...filters }: SuggestionFilters, limit: number, cursor?: string) =>
  unwrap(api.GET('/api/v1/monitor-suggestions', { params: { query: { ...filters, ...(collector ? { collector: [collector] } : {}), limit, ...(cursor ? { cursor } : {}) } } }))

const wanted = ({ device_id, network_id, collector }: SuggestionFilters) => ({
  ...(device_id ? { device_id } : {}),
  ...(network_id ? { network_id } : {}),
  collectors: collector ? [collector] : [],
})

export const suggestionListOptions = (filters: SuggestionFilters) => listOptions([KEY, 'list', filters] as const, (cursor) => page(filters, PAGE, cursor))

const AT_ONCE = 4

/** What could be watched of some devices: one question for each, a few at a time. */
async function ofDevices(ids: readonly number[]): Promise<Suggestion[]> {
  const found: Suggestion[] = []
  const waiting = [...ids]
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) found.push(...(await page({ device_id: id }, MOST)).items)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return found.sort((a, b) => a.device_name.localeCompare(b.device_name) || a.key.localeCompare(b.key))
}

export const deviceSuggestionsOptions = (ids: readonly number[]) => queryOptions({ queryKey: [KEY, 'devices', ids] as const, queryFn: () => ofDevices(ids) })

/** Makes monitors out of suggestions; what could not be made says why. */
export function useAccept() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ what, how }: { what: AcceptBody; how: AcceptAs }) =>
      unwrap(api.POST('/api/v1/monitor-suggestions/accept', { body: { ...('all' in what ? { all: wanted(what.all) } : what), ...how } as never })),
    onSuccess: () => Promise.all([KEY, 'monitors', 'devices'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}

/** Puts suggestions aside, or takes them back. */
export function useDecide() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ keys, restore }: { keys: string[]; restore: boolean }) =>
      unwrap(restore ? api.POST('/api/v1/monitor-suggestions/restore', { body: { keys } }) : api.POST('/api/v1/monitor-suggestions/dismiss', { body: { keys } })),
    onSettled: () => client.invalidateQueries({ queryKey: [KEY] }),
  })
}

export const networkChoicesOptions = queryOptions({ queryKey: ['networks', 'choices'], queryFn: () => unwrap(api.GET('/api/v1/networks', { params: { query: { limit: 500 } } })) })

export type RuleBody = Pick<ProvisioningRule, 'name' | 'network_id' | 'collectors' | 'credential_profile_ids' | 'interval' | 'enabled'>
const RULES = 'provisioning-rules'

export const rulesOptions = queryOptions({ queryKey: [RULES], queryFn: () => unwrap(api.GET('/api/v1/provisioning-rules', { params: { query: { limit: MOST } } })) })

const ofRule = (id: number) => ({ params: { path: { rule_id: id } } })
export const saveRule = (id: number | undefined, body: RuleBody): Promise<ProvisioningRule> =>
  unwrap(id === undefined ? api.POST('/api/v1/provisioning-rules', { body }) : api.PUT('/api/v1/provisioning-rules/{rule_id}', { ...ofRule(id), body }))
export const removeRule = (id: number) => unwrap(api.DELETE('/api/v1/provisioning-rules/{rule_id}', ofRule(id)))
