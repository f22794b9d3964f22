import { useQuery } from '@tanstack/react-query'
import { asUnit, type Unit } from '@/lib/units'
import { extensionsOptions } from './queries'

type Declared = { name: string; unit: string }

/** What is the same for every collector: the columns of the wide row and what is derived from them. */
const KNOWN: Record<string, Unit> = {
  latency_ms: 'milliseconds',
  cpu_percent: 'percent',
  memory_total: 'bytes',
  memory_used: 'bytes',
  memory_percent: 'percent',
  disk_total: 'bytes',
  disk_used: 'bytes',
  disk_percent: 'percent',
  net_sent_ps: 'bytes_per_second',
  net_recv_ps: 'bytes_per_second',
  net_capacity_ps: 'bytes_per_second',
  net_sent_percent: 'percent',
  net_recv_percent: 'percent',
  process_count: 'count',
}

/** A metric's unit: what is known of it, else what a collector declares. */
export function useMetricUnit(): (name: string) => Unit {
  const { data } = useQuery(extensionsOptions)
  const declared = new Map((data?.items ?? []).flatMap((item) => ((item as { metrics?: Declared[] | null }).metrics ?? []).map((metric) => [metric.name, metric.unit])))
  return (name) => KNOWN[name] ?? asUnit(declared.get(name))
}
