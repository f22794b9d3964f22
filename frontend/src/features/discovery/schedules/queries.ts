import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '@/api/raw'
import type { Page, Scan } from '@/api/types'
import { rememberScan } from '../queries'

export type Skipped = { at: string; code: string }
export type Schedule = {
  id: number
  uid: string
  site_id: number
  project_id: number | null
  name: string
  targets: string[]
  exclusions: string[]
  profile: string
  options: Record<string, unknown> | null
  cron: string
  timezone: string
  enabled: boolean
  next_run_at: string | null
  last_run_at: string | null
  last_scan_id: number | null
  last_skipped: Skipped | null
}
export type Blackout = { id: number; uid: string; site_id: number; name: string; cron: string; duration_min: number; timezone: string; networks: string[]; enabled: boolean; active_now: boolean; next_start_at: string | null }
export type ScheduleBody = Partial<Pick<Schedule, 'name' | 'targets' | 'exclusions' | 'profile' | 'cron' | 'timezone' | 'enabled'>> & { project_id?: number; site_id?: number }
export type BlackoutBody = Partial<Pick<Blackout, 'name' | 'cron' | 'duration_min' | 'timezone' | 'networks' | 'enabled'>> & { site_id?: number }

type Kind = 'scan-schedules' | 'blackout-windows'

const all = <T>(kind: Kind, siteId: number | undefined) =>
  queryOptions({ queryKey: [kind, siteId], queryFn: () => call<Page<T>>('GET', `/${kind}`, { query: { limit: 500, site_id: siteId } }), refetchInterval: 60_000 })

export const schedulesOptions = (siteId: number | undefined) => all<Schedule>('scan-schedules', siteId)
export const blackoutsOptions = (siteId: number | undefined) => all<Blackout>('blackout-windows', siteId)

/** Makes one, or changes the one with that id. */
export const saveRow = <T>(kind: Kind, id: number | undefined, body: unknown): Promise<T> => (id === undefined ? call<T>('POST', `/${kind}`, { body }) : call<T>('PATCH', `/${kind}/${id}`, { body }))

export function useChangeRow(kind: Kind) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, body }: { id: number; body: unknown }) => call<unknown>('PATCH', `/${kind}/${id}`, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: [kind] }),
  })
}

export function useDeleteRow(kind: Kind) {
  const client = useQueryClient()
  return useMutation({ mutationFn: (id: number) => call<undefined>('DELETE', `/${kind}/${id}`), onSettled: () => client.invalidateQueries({ queryKey: [kind] }) })
}

/** Runs a schedule now, whatever its time. */
export function useRunSchedule() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => call<Scan>('POST', `/scan-schedules/${id}/run`),
    onSuccess: (scan) => {
      rememberScan(client, scan)
      void client.invalidateQueries({ queryKey: ['scan-schedules'] })
    },
  })
}
