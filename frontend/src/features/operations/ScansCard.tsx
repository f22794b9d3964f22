import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Overview, Scan } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { TextLink } from '@/ui/LinkButton'
import { Card } from '@/ui/Page'
import { Progress } from '@/ui/Progress'
import { ScanStatusMark } from '@/ui/ScanStatusMark'
import { Time } from '@/ui/Time'

const SHOWN = 6
const nameOf = (scan: Scan): string => scan.name || scan.targets.join(', ')

/** What runs now, then what ran. */
export function ScansCard({ scans, className }: { scans: Overview['scans']; className: string }) {
  const { t } = useTranslation('overview')
  const running = new Set(scans.running.map((scan) => scan.id))
  const recent = scans.recent.filter((scan) => !running.has(scan.id)).slice(0, Math.max(0, SHOWN - scans.running.length))
  const none = scans.running.length === 0 && recent.length === 0
  return (
    <Card title={t('scans.title')} className={className} actions={!none && <TextLink to={paths.scans} className="text-sm">{t('show_all')}</TextLink>}>
      {none && <p className="py-2 text-sm text-muted">{t('scans.empty')}</p>}
      <ul className="-mx-2 flex flex-col gap-0.5">
        {scans.running.map((scan) => (
          <RunningScan key={scan.id} scan={scan} />
        ))}
        {recent.map((scan) => (
          <RecentScan key={scan.id} scan={scan} />
        ))}
      </ul>
    </Card>
  )
}

function RunningScan({ scan }: { scan: Scan }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  return (
    <li>
      <Link to={paths.scan(scan.id)} className="flex flex-col gap-2 rounded-md bg-glass px-2 py-2.5 text-sm">
        <div className="flex items-center gap-3">
          <span className="min-w-0 flex-1 truncate font-medium">{nameOf(scan)}</span>
          <ScanStatusMark status={scan.status} />
          <span className="w-10 text-right">{format.percent(scan.progress)}</span>
        </div>
        <Progress active value={scan.progress} label={nameOf(scan)} />
        <div className="text-xs text-muted">
          {t('scans.found', { count: scan.hosts_up, formatted: format.number(scan.hosts_up), total: format.number(scan.address_count) })}
        </div>
      </Link>
    </li>
  )
}

function RecentScan({ scan }: { scan: Scan }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  return (
    <li>
      <Link to={paths.scan(scan.id)} className="grid min-h-9 grid-cols-[1fr_auto] items-center gap-x-3 rounded-md px-2 py-1 text-sm hover:bg-glass sm:grid-cols-[minmax(0,1fr)_minmax(6rem,auto)_5.5rem_6rem]">
        <span className={scan.name ? 'truncate' : 'mono truncate'}>{nameOf(scan)}</span>
        <ScanStatusMark status={scan.status} />
        <span className="text-xs text-muted sm:text-right sm:text-sm">{t('scans.devices', { count: scan.hosts_up, formatted: format.number(scan.hosts_up) })}</span>
        <span className="text-right text-xs text-muted">
          <Time at={scan.finished_at ?? scan.started_at ?? scan.created_at} />
        </span>
      </Link>
    </li>
  )
}
