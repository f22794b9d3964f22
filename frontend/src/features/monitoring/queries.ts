import { keepPreviousData, queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { listOptions } from '@/api/lists'
import type { Monitor, MonitorBody } from '@/api/types'
import type { MonitorFilters } from './filters'

const PAGE = 100
const FAILURES = 20
const STATES = 500
/** Between two readings of a schedule: its seconds run by themselves meanwhile. */
const SCHEDULE_MS = 10_000
const CHOICES = 500

export const monitorKeys = {
  all: ['monitors'] as const,
  list: (filters: MonitorFilters) => ['monitors', 'list', filters] as const,
  facets: (filters: MonitorFilters) => ['monitors', 'facets', filters] as const,
  one: (id: number) => ['monitors', 'one', id] as const,
  failures: (id: number) => ['monitors', 'one', id, 'failures'] as const,
  states: (id: number) => ['monitors', 'one', id, 'states'] as const,
  schedule: (id: number) => ['monitor-schedule', id] as const,
}

export const monitorListOptions = (filters: MonitorFilters) =>
  listOptions(monitorKeys.list(filters), (cursor) =>
    unwrap(api.GET('/api/v1/monitors', { params: { query: { ...filters, limit: PAGE, ...(cursor ? { cursor } : {}) } as never } })),
  )

export const monitorFacetsOptions = (filters: MonitorFilters) =>
  queryOptions({
    queryKey: monitorKeys.facets(filters),
    queryFn: () => unwrap(api.GET('/api/v1/monitors/facets', { params: { query: filters as never } })),
    placeholderData: keepPreviousData,
  })

const ofOne = (id: number) => ({ params: { path: { monitor_id: id } } })

export const monitorOptions = (id: number) => queryOptions({ queryKey: monitorKeys.one(id), queryFn: () => unwrap(api.GET('/api/v1/monitors/{monitor_id}', ofOne(id))) })

export const failuresOptions = (id: number) =>
  queryOptions({
    queryKey: monitorKeys.failures(id),
    queryFn: () => unwrap(api.GET('/api/v1/monitors/{monitor_id}/failures', { params: { path: { monitor_id: id }, query: { limit: FAILURES } } })),
  })

export const statesOptions = (id: number) =>
  queryOptions({
    queryKey: monitorKeys.states(id),
    queryFn: () => unwrap(api.GET('/api/v1/monitors/{monitor_id}/states', { params: { path: { monitor_id: id }, query: { limit: STATES } } })),
  })

export const scheduleOptions = (id: number) =>
  queryOptions({ queryKey: monitorKeys.schedule(id), queryFn: () => unwrap(api.GET('/api/v1/monitors/{monitor_id}/schedule', ofOne(id))), refetchInterval: SCHEDULE_MS })

export const pluginsOptions = queryOptions({
  queryKey: ['plugins', 'choices'],
  queryFn: () => unwrap(api.GET('/api/v1/plugins', { params: { query: { limit: CHOICES } } })),
})

export const credentialsOptions = queryOptions({
  queryKey: ['credential-profiles', 'choices'],
  queryFn: () => unwrap(api.GET('/api/v1/credential-profiles', { params: { query: { limit: CHOICES } } })),
})

/** What is plugged in, with the schema of each one's options. It changes when the program does. */
export const extensionsOptions = queryOptions({ queryKey: ['extensions'], queryFn: () => unwrap(api.GET('/api/v1/extensions', {})), staleTime: Infinity })

const refresh = (client: QueryClient): void => void client.invalidateQueries({ queryKey: monitorKeys.all })

/** Makes a monitor, or puts another version in place. */
export function useSaveMonitor(id: number | undefined) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: MonitorBody): Promise<Monitor> =>
      unwrap(id === undefined ? api.POST('/api/v1/monitors', { body }) : api.PUT('/api/v1/monitors/{monitor_id}', { ...ofOne(id), body })),
    onSuccess: () => refresh(client),
  })
}

export type BulkChange = { enabled: boolean } | { polling_interval: number }

/** Pauses, resumes or sets the interval of many: all of them or none. */
export function useBulkChange() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ ids, change }: { ids: number[]; change: BulkChange }) => unwrap(api.POST('/api/v1/monitors/bulk', { body: { ids, ...change } })),
    onSettled: () => refresh(client),
  })
}

export const removeMonitor = (id: number) => unwrap(api.DELETE('/api/v1/monitors/{monitor_id}', ofOne(id)))

export type Removed = { done: number[]; failed: { id: number; error: unknown }[] }
const AT_ONCE = 4

/** One request for each, a few at a time; what fails does not stop the others. */
export function useRemoveMonitors() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (ids: readonly number[]): Promise<Removed> => {
      const result: Removed = { done: [], failed: [] }
      const waiting = [...ids]
      const worker = async () => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
          const current = id
          await removeMonitor(current).then(
            () => result.done.push(current),
            (error: unknown) => result.failed.push({ id: current, error }),
          )
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
      return result
    },
    onSettled: () => refresh(client),
  })
}
