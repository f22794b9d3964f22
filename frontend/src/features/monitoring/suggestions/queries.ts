import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { listOptions } from '@/api/lists'
import type { Params } from '@/api/problem'
import { call } from '@/api/raw'
import type { Page } from '@/api/types'

export type Suggestion = {
  key: string
  device_id: number
  device_name: string
  address: string
  collector: string
  plugin_id: number | null
  config: Record<string, unknown>
  port: number | null
  reason: { code: string; params?: Params }
  credential_profile_id: number | null
  credential_needed: boolean
}
export type SuggestionFilters = { device_id?: number; network_id?: number; collector?: string }
export type AcceptBody = { keys?: string[]; all?: SuggestionFilters; credential_profile_ids?: Record<string, number>; interval?: number }
export type Skipped = { key: string; code: string; params?: Params; text: string }
export type Accepted = { created: number; skipped: Skipped[] }

const PAGE = 100
const MOST = 500
const KEY = 'monitor-suggestions'

const page = (filters: SuggestionFilters, limit: number, cursor?: string) => call<Page<Suggestion>>('GET', `/${KEY}`, { query: { ...filters, limit, ...(cursor ? { cursor } : {}) } })

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
    mutationFn: (body: AcceptBody) => call<Accepted>('POST', `/${KEY}/accept`, { body }),
    onSuccess: () => Promise.all([KEY, 'monitors', 'devices'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}

export function useDismiss() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (keys: string[]) => call<undefined>('POST', `/${KEY}/dismiss`, { body: { keys } }), onSettled: () => client.invalidateQueries({ queryKey: [KEY] }) })
}

export const networkChoicesOptions = queryOptions({ queryKey: ['networks', 'choices'], queryFn: () => unwrap(api.GET('/api/v1/networks', { params: { query: { limit: 500 } } })) })

export type Rule = { id: number; name: string; network_id: number; collectors: string[]; credential_profile_ids: number[]; interval: number | null; enabled: boolean }
export type RuleBody = Omit<Rule, 'id'>
const RULES = 'provisioning-rules'

export const rulesOptions = queryOptions({ queryKey: [RULES], queryFn: () => call<Page<Rule>>('GET', `/${RULES}`, { query: { limit: MOST } }) })

export const saveRule = (id: number | undefined, body: RuleBody): Promise<Rule> => (id === undefined ? call('POST', `/${RULES}`, { body }) : call('PUT', `/${RULES}/${id}`, { body }))
export const removeRule = (id: number) => call<undefined>('DELETE', `/${RULES}/${id}`)
