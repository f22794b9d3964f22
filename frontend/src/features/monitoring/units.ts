import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { asUnit, type Unit } from '@/lib/units'

/** Every metric with its unit. It changes when the program does. */
const unitsOptions = queryOptions({ queryKey: ['metric-units'], queryFn: () => unwrap(api.GET('/api/v1/metrics/units', {})), staleTime: Infinity })

/** Whether a collector measures a metric, answered or not at present. */
export function useMeasures(collector: string): (name: string) => boolean {
  const { data } = useQuery(unitsOptions)
  const names = new Set((data?.items ?? []).filter((metric) => metric.collectors.includes(collector)).map((metric) => metric.name))
  // Shares are taken from what is used of a whole; no collector measures them itself.
  return (name) => names.has(name) || names.has(name.replace(/_percent$/, '_used'))
}

/** A metric's unit, as the server's catalogue has it. */
export function useMetricUnit(): (name: string) => Unit {
  const { data } = useQuery(unitsOptions)
  const units = new Map((data?.items ?? []).map((metric) => [metric.name, asUnit(metric.unit)]))
  return (name) => units.get(name) ?? 'none'
}
