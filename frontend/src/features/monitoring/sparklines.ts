import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import type { SparkLine } from '@/api/types'

export type { SparkLine }

const POINTS = 40
const HOURS = 24
const AT_ONCE = 100
const REFRESH_MS = 60_000

/** Ids in groups, so that a further page of a list asks for its own rows only. */
export const groupsOf = (ids: readonly number[], size: number = AT_ONCE): number[][] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, group) => ids.slice(group * size, (group + 1) * size))

/** Small lines for these monitors, by monitor. Nothing where there are none, or where they cannot be had. */
export function useSparklines(ids: readonly number[]): ReadonlyMap<number, SparkLine> {
  return useQueries({
    queries: groupsOf(ids).map((group) => ({
      queryKey: ['metrics', 'sparklines', group.join()],
      queryFn: () => unwrap(api.GET('/api/v1/monitors/sparklines', { params: { query: { ids: group.join(), points: POINTS, hours: HOURS } } })),
      refetchInterval: REFRESH_MS,
      placeholderData: keepPreviousData,
    })),
    combine: (answers) => new Map(answers.flatMap((answer) => (answer.data?.items ?? []) as SparkLine[]).map((line) => [line.monitor_id, line])),
  })
}
