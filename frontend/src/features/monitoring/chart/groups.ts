import type { Series } from '@/api/types'
import type { Unit } from '@/lib/units'

/** What is drawn together: one unit, one scale. `of` a row of vitals, or of labelled series with a picker. */
export type Group =
  | { id: string; of: 'row'; unit: Unit; metrics: string[] }
  | { id: string; of: 'series'; unit: Unit; name: string; series: Series[] }

const TOGETHER: readonly { id: string; unit: Unit; metrics: string[] }[] = [
  { id: 'latency', unit: 'milliseconds', metrics: ['latency_ms'] },
  { id: 'cpu', unit: 'percent', metrics: ['cpu_percent'] },
  { id: 'memory', unit: 'percent', metrics: ['memory_percent'] },
  { id: 'disk', unit: 'percent', metrics: ['disk_percent'] },
  { id: 'network', unit: 'bytes_per_second', metrics: ['net_recv_ps', 'net_sent_ps'] },
  { id: 'processes', unit: 'count', metrics: ['process_count'] },
]

/** What seldom changes, and is looked at last. */
const LAST = new Set(['http_body_bytes', 'http_status', 'dns_answers'])

/** The charts of a monitor, of what its rows measure and of its labelled series. What is never measured has no chart. */
export function groupsOf(measures: (name: string) => boolean, series: readonly Series[], unitOf: (name: string) => Unit): Group[] {
  const rows = TOGETHER.flatMap((group): Group[] => {
    const metrics = group.metrics.filter(measures)
    return metrics.length > 0 ? [{ ...group, of: 'row', metrics }] : []
  })
  const names = [...new Set(series.map((one) => one.name))].sort((a, b) => Number(LAST.has(a)) - Number(LAST.has(b)))
  const labelled = names.map((name): Group => ({ id: `series.${name}`, of: 'series', unit: unitOf(name), name, series: series.filter((one) => one.name === name) }))
  return [...rows, ...labelled]
}

export const seriesKey = (series: Pick<Series, 'labels'>): string => JSON.stringify(series.labels)

/** What tells one series from its sisters: the values of its labels. */
export const seriesName = (series: Pick<Series, 'labels'>): string => Object.values(series.labels).join(' · ')

/** How many lines of one chart people can tell apart. */
export const MOST_LINES = 5

/** The series to show: those that were picked, else the first few. */
export function shownSeries(series: readonly Series[], picked: readonly string[] | null): Series[] {
  const found = picked ? series.filter((one) => picked.includes(seriesKey(one))) : []
  return (found.length > 0 ? found : series).slice(0, MOST_LINES)
}
