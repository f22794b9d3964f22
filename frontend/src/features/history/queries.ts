import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { listOptions } from '@/api/lists'
import type { ChangeKind } from '@/api/types'

export type ChangeFilters = {
  site_id?: number | undefined
  q?: string | undefined
  kind?: ChangeKind | undefined
  since?: string | undefined
  until?: string | undefined
  noise?: boolean | undefined
}

const PAGE = 100

const asQuery = ({ kind, ...rest }: ChangeFilters) => ({
  ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== '' && value !== false)),
  ...(kind ? { kind: [kind] } : {}),
})

export const changesQuery = (filters: ChangeFilters) =>
  listOptions(['changes', 'list', filters] as const, (cursor) =>
    unwrap(api.GET('/api/v1/changes', { params: { query: { ...asQuery(filters), limit: PAGE, ...(cursor ? { cursor } : {}) } } })),
  )

export const deviceChangesQuery = (id: number, noise: boolean) =>
  listOptions(['changes', 'device', id, noise] as const, (cursor) =>
    unwrap(api.GET('/api/v1/devices/{device_id}/changes', { params: { path: { device_id: id }, query: { limit: PAGE, ...(noise ? { noise } : {}), ...(cursor ? { cursor } : {}) } } })),
  )

export const sinceQuery = (id: number) =>
  queryOptions({ queryKey: ['changes', 'since', id], queryFn: () => unwrap(api.GET('/api/v1/devices/{device_id}/since', { params: { path: { device_id: id } } })) })
