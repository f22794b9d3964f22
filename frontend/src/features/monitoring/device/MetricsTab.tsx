import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Activity } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import type { Device, Monitor } from '@/api/types'
import { paths } from '@/lib/paths'
import { useNow } from '@/lib/use-now'
import { useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonLines } from '@/ui/Skeleton'
import { MonitorState } from '../cells'
import { MonitorCharts } from '../chart/MonitorCharts'
import { useLiveRows, useMonitorFeed } from '../live'
import { Check } from '../monitor-columns'
import { spansOf } from '../page/beats'
import { beatOf, rangeFrom, type Range } from '../page/range'
import { RangeBar } from '../page/RangeBar'
import { monitorListOptions, statesOptions } from '../queries'

/** What asks more than whether something answers comes first: that is what people look for here. */
const WHOLE = ['windows', 'ssh', 'snmp', 'proxmox']
const rank = (monitor: Monitor): number => (WHOLE.includes(monitor.type) ? WHOLE.indexOf(monitor.type) : WHOLE.length)

/** Everything that is measured of a device, over one range and with one crosshair. */
export function MetricsTab({ device }: { device: Device }) {
  const { t } = useTranslation('monitoring')
  const [search, setSearch] = useSearchState()
  const now = useNow(beatOf(rangeFrom(search, 0).preset))
  const range = rangeFrom(search, now)
  useMonitorFeed()
  const list = useList(monitorListOptions({ device_id: device.id }))
  const rows = useLiveRows(list.rows)
  const ordered = useMemo(() => [...rows].sort((a, b) => rank(a) - rank(b) || a.id - b.id), [rows])
  if (list.loading) return <SkeletonLines lines={6} />
  if (list.error && rows.length === 0) return <div className="card"><ErrorState text={errorText(list.error)} onRetry={list.retry} /></div>
  if (rows.length === 0) {
    return (
      <div className="card">
        <EmptyState compact icon={<Activity />} title={t('device.no_metrics')} action={<Button onClick={() => setSearch({ tab: 'monitors' })}>{t('device.to_monitors')}</Button>}>
          {t('device.none_text')}
        </EmptyState>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-5">
      <RangeBar range={range} setSearch={setSearch} />
      {ordered.map((monitor) => (
        <OneMonitor key={monitor.id} monitor={monitor} range={range} now={now} />
      ))}
    </div>
  )
}

function OneMonitor({ monitor, range, now }: { monitor: Monitor; range: Range; now: number }) {
  const states = useQuery(statesOptions(monitor.id))
  const shades = useMemo(
    () => spansOf(states.data?.items ?? [], now).flatMap(({ from, to, state }) => (state === 'down' || state === 'unknown' ? [{ from, to, state }] : [])),
    [states.data, now],
  )
  return (
    <section className="flex flex-col gap-2.5">
      <h2 className="flex min-w-0 items-center gap-2.5 text-base font-semibold">
        <MonitorState compact monitor={monitor} />
        <Link to={paths.monitor(monitor.id)} className="min-w-0 truncate hover:text-accent-text">
          {monitor.own_name || <Check monitor={monitor} />}
        </Link>
        {monitor.own_name && (
          <span className="text-sm font-normal text-muted">
            <Check monitor={monitor} />
          </span>
        )}
      </h2>
      <MonitorCharts monitor={monitor} range={range} shades={shades} />
    </section>
  )
}
