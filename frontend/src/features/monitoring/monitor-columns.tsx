import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Monitor } from '@/api/types'
import { paths } from '@/lib/paths'
import { AddressChip } from '@/ui/AddressChip'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { TagChips } from '@/features/inventory/device-columns'
import { hasTrend, Interval, LastValue, MonitorName, MonitorState, NextRun, nextRun, Nothing, Trend, WhyText } from './cells'
import type { SparkLine } from './sparklines'
import { useCollectorName } from './words'

type Lines = ReadonlyMap<number, SparkLine>

export function useMonitorColumns(lines: Lines): Column<Monitor>[] {
  const { t } = useTranslation('monitoring')
  return [
    { id: 'state', header: t('column.state'), sort: 'state', width: 124, minWidth: 84, fixed: true, cell: (monitor) => <MonitorState monitor={monitor} /> },
    { id: 'name', header: t('column.name'), sort: 'name', width: 200, minWidth: 140, fixed: true, cell: (monitor) => <MonitorName monitor={monitor} /> },
    { id: 'target', header: t('column.target'), width: 124, cell: (monitor) => <Target monitor={monitor} brief /> },
    { id: 'type', header: t('column.type'), sort: 'type', width: 168, cell: (monitor) => <Check monitor={monitor} /> },
    { id: 'trend', header: t('column.trend'), width: 116, cell: (monitor) => <Trend line={lines.get(monitor.id)} /> },
    { id: 'value', header: t('column.value'), sort: 'latency_ms', width: 96, align: 'end', cell: (monitor) => <LastValue monitor={monitor} line={lines.get(monitor.id)} /> },
    { id: 'why', header: t('column.why'), width: 226, cell: (monitor) => <WhyText monitor={monitor} /> },
    { id: 'since', header: t('column.since'), sort: 'since', width: 110, hidden: true, cell: (monitor) => <Time at={monitor.since} /> },
    { id: 'next', header: t('column.next'), width: 96, cell: (monitor) => <NextRun at={nextRun(monitor)} paused={!monitor.enabled} /> },
    { id: 'interval', header: t('column.interval'), sort: 'interval', width: 104, align: 'end', cell: (monitor) => <Interval seconds={monitor.polling_interval} /> },
    { id: 'tags', header: t('column.tags'), width: 110, hidden: true, cell: (monitor) => <TagChips space="cell" tags={monitor.tags} /> },
    { id: 'credential', header: t('column.credential'), width: 130, hidden: true, cell: (monitor) => monitor.credential_profile_name },
    { id: 'last_polled', header: t('column.last_polled'), sort: 'last_polled', width: 110, hidden: true, cell: (monitor) => <Time at={monitor.last_polled} /> },
  ]
}

/** What is asked: the device where there is one (`brief`: by its address, since the name beside it says the rest), else the address. */
export function Target({ monitor, brief = false }: { monitor: Monitor; brief?: boolean }) {
  if (monitor.device_id !== null && monitor.device_name) {
    const address = brief && monitor.address
    return (
      <Link to={paths.device(monitor.device_id)} search={{ tab: 'monitors' } as never} title={`${monitor.device_name} ${monitor.address ?? ''}`} className={`hover:text-accent-text ${address ? 'mono' : ''}`}>
        {address || monitor.device_name}
      </Link>
    )
  }
  return monitor.address ? <AddressChip plain address={monitor.address} /> : <Nothing />
}

/** By what it is asked: a plugin by its own name, or the collector where it says the same. */
export function Check({ monitor }: { monitor: Pick<Monitor, 'type' | 'plugin_name'> }) {
  const collector = useCollectorName()(monitor.type)
  return <span title={monitor.plugin_name}>{collector}</span>
}

/** A monitor as a card, at phone width. */
export function MonitorCard({ monitor, line }: { monitor: Monitor; line: SparkLine | undefined }) {
  const failing = monitor.reason !== null || monitor.failures > 0
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center justify-between gap-3">
        <span className="flex min-w-0 items-center gap-2">
          <MonitorState monitor={monitor} compact />
          <MonitorName monitor={monitor} />
        </span>
        <span className="shrink-0 text-sm">
          <LastValue quiet monitor={monitor} line={line} />
        </span>
      </div>
      <div className="flex min-w-0 items-center justify-between gap-3 text-sm text-muted">
        <span className="min-w-0 truncate">
          <Check monitor={monitor} /> · <span className="mono">{monitor.address}</span>
        </span>
        {hasTrend(line) && (
          <span className="w-24 shrink-0">
            <Trend line={line} />
          </span>
        )}
      </div>
      {failing && (
        <p className="text-sm break-words">
          <WhyText monitor={monitor} />
        </p>
      )}
    </div>
  )
}
