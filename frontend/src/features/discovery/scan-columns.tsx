import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Scan } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { Progress } from '@/ui/Progress'
import { ScanStatusMark } from '@/ui/ScanStatusMark'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { Duration } from './Duration'
import { ALIVE, scanTitle, useProfileName } from './scan-words'

export function useScanColumns(): Column<Scan>[] {
  const { t } = useTranslation('discovery')
  const format = useFormat()
  const profileName = useProfileName()
  return [
    { id: 'status', header: t('column.status'), width: 116, cell: (scan) => <ScanStatusMark status={scan.status} /> },
    { id: 'name', header: t('column.scan'), width: 218, minWidth: 140, fixed: true, cell: (scan) => <ScanName scan={scan} /> },
    { id: 'project', header: t('column.project'), width: 120, hidden: true, cell: (scan) => <span className="text-muted">{scan.project_name}</span> },
    { id: 'targets', header: t('column.targets'), width: 150, cell: (scan) => <Targets scan={scan} /> },
    { id: 'profile', header: t('column.profile'), width: 104, hidden: true, cell: (scan) => profileName(scan.profile) },
    { id: 'progress', header: t('column.progress'), width: 112, cell: (scan) => <ScanProgress scan={scan} /> },
    { id: 'devices', header: t('column.devices'), width: 80, align: 'end', cell: (scan) => format.number(scan.hosts_up) },
    { id: 'ports', header: t('column.ports'), width: 96, align: 'end', cell: (scan) => format.number(scan.ports_open) },
    { id: 'started', header: t('column.started'), sort: 'created_at', width: 112, cell: (scan) => <Time at={scan.started_at ?? scan.created_at} /> },
    { id: 'duration', header: t('column.duration'), width: 118, cell: (scan) => <Duration from={scan.started_at} to={ALIVE.has(scan.status) ? null : scan.finished_at} /> },
    { id: 'who', header: t('column.who'), width: 96, cell: (scan) => scan.requested_by ?? <span className="text-muted">–</span> },
  ]
}

function ScanName({ scan }: { scan: Scan }) {
  const title = scanTitle(scan)
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <Link to={paths.scan(scan.id)} title={title} className="truncate font-medium hover:text-accent-text">
        {title}
      </Link>
      <span className="max-w-24 shrink-0 truncate text-xs text-muted" title={scan.project_name}>
        {scan.project_name}
      </span>
    </span>
  )
}

/** The first target, and how many more. */
export function Targets({ scan }: { scan: Scan }) {
  const more = scan.targets.length - 1
  return (
    <span className="flex min-w-0 items-baseline gap-1.5" title={scan.targets.slice(0, 40).join('\n')}>
      <span className="mono min-w-0 truncate">{scan.targets[0]}</span>
      {more > 0 && <span className="shrink-0 text-xs text-muted">+{more}</span>}
    </span>
  )
}

/** How far it is: a bar while it goes on, how far it came when it ended early, nothing when all of it is done. */
export function ScanProgress({ scan }: { scan: Scan }) {
  const { t } = useTranslation('discovery')
  const format = useFormat()
  const alive = ALIVE.has(scan.status)
  if (!alive && scan.progress >= 1) return <span className="text-muted">–</span>
  if (!alive) return <span className="text-muted">{format.percent(scan.progress)}</span>
  return (
    <span className="flex items-center gap-2">
      <span className="w-11 shrink-0">
        <Progress slim active value={scan.progress} label={t('column.progress')} />
      </span>
      {format.percent(scan.progress)}
    </span>
  )
}

/** A scan as a card, at phone width. */
export function ScanCard({ scan }: { scan: Scan }) {
  const { t } = useTranslation('discovery')
  const format = useFormat()
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline justify-between gap-3">
        <ScanName scan={scan} />
        <span className="shrink-0 text-xs text-muted">
          <Time at={scan.started_at ?? scan.created_at} />
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <ScanStatusMark status={scan.status} />
        <span>{t('count.devices', { count: scan.hosts_up, formatted: format.number(scan.hosts_up) })}</span>
        <span>{t('count.ports', { count: scan.ports_open, formatted: format.number(scan.ports_open) })}</span>
      </div>
      {ALIVE.has(scan.status) && <ScanProgress scan={scan} />}
    </div>
  )
}
