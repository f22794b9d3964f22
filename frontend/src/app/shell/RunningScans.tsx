import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, unwrap } from '@/api/client'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { Tooltip } from '@/ui/Tooltip'

const RADIUS = 6
const LENGTH = 2 * Math.PI * RADIUS

/** The pill that tells that a scan runs, how far it is, and leads to it. */
export function RunningScans() {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const { data } = useQuery({
    queryKey: ['scans', 'running'],
    queryFn: () => unwrap(api.GET('/api/v1/scans', { params: { query: { status: 'running', limit: 10 } } })),
    refetchInterval: (query) => ((query.state.data?.total ?? 0) > 0 ? 3_000 : 30_000),
  })
  const first = data?.items[0]
  if (!data || !first) return null
  const progress = data.items.reduce((sum, scan) => sum + scan.progress, 0) / data.items.length
  const name = data.total === 1 ? first.name || first.targets.join(', ') : t('scans.running', { count: data.total })
  return (
    <Tooltip text={data.items.map((scan) => `${scan.name || scan.targets.join(', ')}: ${format.percent(scan.progress)}`).join(' · ')}>
      <Link
        to={data.total === 1 ? paths.scan(first.id) : paths.scans}
        className="inline-flex h-7.5 items-center gap-2 rounded-full border border-line-strong bg-glass pr-3 pl-2 text-sm hover:border-accent"
      >
        <svg viewBox="0 0 16 16" aria-hidden className="size-4 -rotate-90">
          <circle cx="8" cy="8" r={RADIUS} fill="none" strokeWidth="2.5" className="stroke-line-strong" />
          <circle cx="8" cy="8" r={RADIUS} fill="none" strokeWidth="2.5" strokeLinecap="round" strokeDasharray={`${progress * LENGTH} ${LENGTH}`} className="stroke-accent" />
        </svg>
        <span className="sr-only">{t('scans.running', { count: data.total })}</span>
        <span aria-hidden={data.total > 1} className="hidden max-w-40 truncate md:block">
          {name}
        </span>
        <span className="text-muted">{format.percent(progress)}</span>
      </Link>
    </Tooltip>
  )
}
