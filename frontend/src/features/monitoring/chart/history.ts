import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import type { Series } from '@/api/types'
import type { Range } from '../page/range'

/** How many points a chart asks for: about one for each two pixels of a wide one. */
const POINTS = 300
const SERIES = 500
/** A range that runs with the clock leaves many answers behind. */
const KEPT_MS = 60_000
/** Until something is measured it is looked for often, then only for what is new: another disk, another interface. */
const FIRST_MS = 2_500
const LATER_MS = 60_000

const window = (range: Range) => ({ from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString(), points: POINTS })

export const historyOptions = (id: number, metrics: readonly string[], range: Range) =>
  queryOptions({
    queryKey: ['metrics', id, 'history', metrics.join(), range.from, range.to],
    queryFn: () => unwrap(api.GET('/api/v1/monitors/{monitor_id}/metrics/history', { params: { path: { monitor_id: id }, query: { ...window(range), metrics: metrics.join() } } })),
    placeholderData: keepPreviousData,
    gcTime: KEPT_MS,
  })

export const seriesHistoryOptions = (id: number, series: Pick<Series, 'name' | 'labels'>, range: Range) =>
  queryOptions({
    queryKey: ['metrics', id, 'series', series.name, JSON.stringify(series.labels), range.from, range.to],
    queryFn: () =>
      unwrap(api.GET('/api/v1/monitors/{monitor_id}/samples/history', { params: { path: { monitor_id: id }, query: { ...window(range), name: series.name, labels: JSON.stringify(series.labels) } } })),
    placeholderData: keepPreviousData,
    gcTime: KEPT_MS,
  })

export const latestOptions = (id: number) =>
  queryOptions({
    queryKey: ['metrics', id, 'latest'],
    queryFn: () => unwrap(api.GET('/api/v1/monitors/{monitor_id}/metrics', { params: { path: { monitor_id: id } } })),
    refetchInterval: ({ state }) => (state.data?.timestamp ? LATER_MS : FIRST_MS),
  })

export const seriesOptions = (id: number) =>
  queryOptions({
    queryKey: ['metrics', id, 'series'],
    queryFn: () => unwrap(api.GET('/api/v1/monitors/{monitor_id}/samples', { params: { path: { monitor_id: id }, query: { limit: SERIES } } })),
    refetchInterval: ({ state }) => (state.data && state.data.total > 0 ? LATER_MS : FIRST_MS * 4),
  })
