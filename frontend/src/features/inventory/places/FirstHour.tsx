import { useQuery } from '@tanstack/react-query'
import { CalendarClock, Check, MapPinned, PencilLine, UserPlus, X, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, unwrap } from '@/api/client'
import { call } from '@/api/raw'
import { useCan } from '@/api/session'
import type { Scan } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { cx } from '@/lib/cx'
import { paths } from '@/lib/paths'
import type { SearchState } from '@/lib/use-search-state'
import { IconButton } from '@/ui/IconButton'
import { LinkButton, TextLink } from '@/ui/LinkButton'
import { Progress } from '@/ui/Progress'
import { setFirstScan, useFirstScan } from './first-hour'

const ENDED: ReadonlySet<string> = new Set(['completed', 'partial', 'stopped', 'failed', 'interrupted'])
const NAMES_WANTED = 3

/** Above the inventory and the overview while the first scan fills them: how it stands, and what to do next. */
export function FirstHour() {
  const scanId = useFirstScan()
  return scanId === null ? null : <Panel scanId={scanId} />
}

/** Whether rows should come in as they are found, rather than wait for the person. */
export function useFillsLive(): boolean {
  const scanId = useFirstScan()
  const { data } = useQuery({ ...scanQuery(scanId ?? 0), enabled: scanId !== null })
  return data !== undefined && !ENDED.has(data.status)
}

const scanQuery = (id: number) => ({
  queryKey: ['scans', 'one', id],
  queryFn: () => unwrap(api.GET('/api/v1/scans/{scan_id}', { params: { path: { scan_id: id } } })),
  refetchInterval: (query: { state: { data?: Scan | undefined } }) => (query.state.data && ENDED.has(query.state.data.status) ? false : 5_000) as number | false,
})

function Panel({ scanId }: { scanId: number }) {
  const { t } = useTranslation('welcome')
  const scan = useQuery(scanQuery(scanId))
  const steps = useSteps()
  if (!scan.data) return null
  return (
    <section aria-label={t('hour.title')} className="card enter relative shrink-0 overflow-hidden">
      <ScanLine scan={scan.data} />
      <ol className="grid border-t sm:grid-cols-3">
        {steps.map((step) => (
          <StepCard key={step.id} step={step} />
        ))}
      </ol>
      <IconButton size="sm" label={t('hour.hide')} className="absolute! top-2 right-2" onClick={() => setFirstScan(null)}>
        <X />
      </IconButton>
    </section>
  )
}

function ScanLine({ scan }: { scan: Scan }) {
  const { t } = useTranslation('welcome')
  const format = useFormat()
  const running = !ENDED.has(scan.status)
  const title = running
    ? t('hour.running', { addresses: t('addresses', { count: scan.address_count, formatted: format.number(scan.address_count) }) })
    : t(scan.status === 'completed' ? 'hour.over' : 'hour.broken')
  const found = scan.hosts_up > 0 || !running
  return (
    <div className="px-4 pt-3 pb-3.5 pr-12">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <h2 className="text-base font-semibold">{title}</h2>
        <p className="text-sm text-muted" aria-live="polite">
          {found ? (
            <>
              <span className="text-text">
                {t('hour.devices', { count: scan.hosts_up, formatted: format.number(scan.hosts_up) })}, {t('hour.ports', { count: scan.ports_open, formatted: format.number(scan.ports_open) })}
              </span>
              {running && ` · ${t('hour.behind')}`}
            </>
          ) : (
            t('hour.waiting')
          )}
        </p>
        <TextLink to={paths.scan(scan.id)} className="ml-auto text-sm">
          {t('hour.watch')}
        </TextLink>
      </div>
      {running && (
        <div className="mt-2.5">
          <Progress slim active value={scan.progress} label={t('hour.progress')} />
        </div>
      )}
    </div>
  )
}

type Step = { id: 'name' | 'schedule' | 'coverage' | 'invite'; icon: LucideIcon; done: boolean; count?: string; to: string; search?: SearchState }

/** What makes the first hour complete, as far as the product can do it and this person may. */
function useSteps(): Step[] {
  const admin = useCan('admin')
  const overview = useQuery({ queryKey: ['overview', undefined], queryFn: () => unwrap(api.GET('/api/v1/overview', { params: { query: {} } })) })
  const people = useQuery({ queryKey: ['users', 'count'], queryFn: () => unwrap(api.GET('/api/v1/users', { params: { query: { limit: 2 } } })), enabled: admin })
  const first = useQuery({ queryKey: ['devices', 'first'], queryFn: () => unwrap(api.GET('/api/v1/devices', { params: { query: { limit: 1, sort: 'first_seen' } } })) })
  const schedules = useQuery({ queryKey: ['scan-schedules', 'count'], queryFn: () => call<{ total: number }>('GET', '/scan-schedules', { query: { limit: 1 } }) })
  const named = Math.min(NAMES_WANTED, overview.data?.devices.named ?? 0)
  const device = first.data?.items[0]
  const steps: Step[] = [
    { id: 'name', icon: PencilLine, done: named >= NAMES_WANTED, count: `${named}/${NAMES_WANTED}`, to: paths.inventory, search: { sort: 'address', ...(device ? { device: device.id } : {}) } },
    { id: 'schedule', icon: CalendarClock, done: (schedules.data?.total ?? 0) > 0, to: paths.schedules },
    { id: 'coverage', icon: MapPinned, done: false, to: paths.coverage },
  ]
  return admin ? [...steps.filter((step) => step.id !== 'coverage'), { id: 'invite', icon: UserPlus, done: (people.data?.total ?? 0) > 1, to: paths.users }] : steps
}

function StepCard({ step }: { step: Step }) {
  const { t } = useTranslation('welcome')
  const Icon = step.done ? Check : step.icon
  return (
    <li className={cx('flex items-center gap-3 border-line/60 px-4 py-3 not-last:border-b sm:items-start sm:not-last:border-r sm:not-last:border-b-0', step.done && 'max-sm:hidden')}>
      <span aria-hidden className={cx('inline-flex size-8 shrink-0 items-center justify-center rounded-lg border', step.done ? 'border-transparent tint-up text-up' : 'bg-glass text-accent-text')}>
        <Icon className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <h3 className="text-sm font-medium">
          {t(`step.${step.id}.title`)}
          {step.done ? <span className="ml-2 font-normal text-up">{t('step.done')}</span> : step.count && <span className="ml-2 font-normal text-muted">{step.count}</span>}
        </h3>
        <p className="text-xs text-pretty text-muted max-sm:hidden">{t(`step.${step.id}.text`)}</p>
        {!step.done && (
          <div className="mt-2 max-sm:hidden">
            <LinkButton size="sm" to={step.to} {...(step.search ? { search: step.search } : {})}>
              {t(`step.${step.id}.action`)}
            </LinkButton>
          </div>
        )}
      </div>
      {!step.done && (
        <span className="sm:hidden">
          <LinkButton size="sm" to={step.to} {...(step.search ? { search: step.search } : {})}>
            {t(`step.${step.id}.action`)}
          </LinkButton>
        </span>
      )}
    </li>
  )
}
