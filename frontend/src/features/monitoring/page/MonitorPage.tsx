import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { ChevronLeft, EllipsisVertical, Pause, Pencil, Play, Trash2, Zap } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText, isFinal } from '@/api/errors'
import { useCan } from '@/api/session'
import type { Monitor } from '@/api/types'
import { paths } from '@/lib/paths'
import { useNow } from '@/lib/use-now'
import { useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { LinkButton } from '@/ui/LinkButton'
import { Menu, MenuItem } from '@/ui/Menu'
import { Page } from '@/ui/Page'
import { SkeletonLines } from '@/ui/Skeleton'
import { Lasting, LastValue, MonitorState, WhyText } from '../cells'
import { MonitorCharts } from '../chart/MonitorCharts'
import { DeleteMonitorDialog } from '../DeleteMonitorDialog'
import { useLive, useMonitorFeed, withLive } from '../live'
import { Check, Target } from '../monitor-columns'
import { MonitorForm } from '../MonitorForm'
import { monitorKeys, monitorOptions, statesOptions, useBulkChange } from '../queries'
import { useTrace } from '../trace'
import { spansOf } from './beats'
import { FactsCard } from './FactsCard'
import { FailuresCard } from './FailuresCard'
import { Heartbeats } from './Heartbeats'
import { beatOf, rangeFrom, toPiece } from './range'
import { RangeBar } from './RangeBar'
import { TestPanel } from './TestPanel'

/** One monitor: how it is doing and since when, how it did, why it failed, and what can be done. */
export function MonitorPage() {
  const { monitorId } = useParams({ strict: false }) as { monitorId: string }
  const { t } = useTranslation('shell')
  useMonitorFeed()
  const id = Number(monitorId)
  const query = useQuery(monitorOptions(id))
  const live = useLive(id)
  if (query.data) return <LoadedMonitor key={query.data.id} monitor={withLive(query.data, live)} />
  return (
    <Page back={<BackToMonitors />} title={t('nav.monitors')} loading={query.isPending}>
      {query.error ? (
        <div className="card">
          <ErrorState text={errorText(query.error)} onRetry={isFinal(query.error) ? undefined : () => void query.refetch()} action={<LinkButton to={paths.monitors}>{t('nav.monitors')}</LinkButton>} />
        </div>
      ) : (
        <SkeletonLines lines={9} />
      )}
    </Page>
  )
}

function BackToMonitors() {
  const { t } = useTranslation('shell')
  return (
    <Link to={paths.monitors} className="inline-flex items-center gap-1 text-muted hover:text-text">
      <ChevronLeft aria-hidden className="size-4" />
      {t('nav.monitors')}
    </Link>
  )
}

function LoadedMonitor({ monitor }: { monitor: Monitor }) {
  const [search, setSearch] = useSearchState()
  const preset = rangeFrom(search, 0).preset
  const now = useNow(beatOf(preset))
  const range = rangeFrom(search, now)
  const states = useQuery(statesOptions(monitor.id))
  const spans = useMemo(() => spansOf(states.data?.items ?? [], now), [states.data, now])
  const shades = useMemo(() => spans.flatMap(({ from, to, state }) => (state === 'down' || state === 'unknown' ? [{ from, to, state }] : [])), [spans])
  const { tracing, run, clear } = useTrace()
  const testing = tracing.running || tracing.result !== null || tracing.error !== null
  const test = () => run(`/monitors/${monitor.id}/check`)
  useFreshAfterTurn(monitor)
  useTestOnArrival(search['test'], test, () => setSearch({ test: undefined }))
  return (
    <Page back={<BackToMonitors />} title={monitor.name} summary={<Summary monitor={monitor} />} actions={<Actions monitor={monitor} testing={tracing.running} onTest={test} />}>
      {testing && <TestPanel tracing={tracing} onClose={clear} />}
      <RangeBar range={range} setSearch={setSearch} monitor={monitor} />
      <Heartbeats spans={spans} range={range} onZoom={(from, to) => setSearch(toPiece(from, to))} />
      <MonitorCharts monitor={monitor} range={range} shades={shades} />
      <div className="grid items-start gap-4 lg:grid-cols-[1fr_22rem]">
        <FailuresCard monitorId={monitor.id} />
        <FactsCard monitor={monitor} />
      </div>
    </Page>
  )
}

/** A state that turned, or one more failure, has left a line in what is kept: read it. */
function useFreshAfterTurn(monitor: Monitor): void {
  const client = useQueryClient()
  const told = `${monitor.state}|${monitor.since}|${monitor.last_error_at}`
  const before = useRef(told)
  useEffect(() => {
    if (before.current === told) return
    before.current = told
    void client.invalidateQueries({ queryKey: monitorKeys.failures(monitor.id) })
    void client.invalidateQueries({ queryKey: monitorKeys.states(monitor.id) })
  }, [client, monitor.id, told])
}

/** "Test now" of a list leads here with a word in the URL, which is used up. */
function useTestOnArrival(wanted: unknown, test: () => void, done: () => void): void {
  const latest = useRef({ test, done })
  useEffect(() => {
    latest.current = { test, done }
  })
  useEffect(() => {
    if (wanted !== true) return
    latest.current.done()
    latest.current.test()
  }, [wanted])
}

function Summary({ monitor }: { monitor: Monitor }) {
  const { t } = useTranslation('monitoring')
  const told = monitor.reason !== null || monitor.failures > 0
  return (
    <div className="mt-1 flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-3.5 gap-y-1">
        <span className="font-medium text-text">
          <MonitorState monitor={monitor} />
        </span>
        <span>
          {t('since')} <Lasting at={monitor.since} />
        </span>
        <span className="text-text">
          <LastValue quiet monitor={monitor} line={undefined} />
        </span>
        <span className="inline-flex min-w-0 items-center gap-2">
          <Target monitor={monitor} />
          {monitor.device_id !== null && monitor.address && monitor.address !== monitor.device_name && <span className="mono text-sm">{monitor.address}</span>}
        </span>
        <Check monitor={monitor} />
      </div>
      {told && (
        <p role="status" className="break-words">
          <WhyText monitor={monitor} />
        </p>
      )}
    </div>
  )
}

function Actions({ monitor, testing, onTest }: { monitor: Monitor; testing: boolean; onTest: () => void }) {
  const { t } = useTranslation('monitoring')
  const { t: c } = useTranslation()
  const navigate = useNavigate()
  const bulk = useBulkChange()
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const reason = !useCan('operator') && c('role_reason.operator')
  const close = () => setOpen(null)
  return (
    <>
      <Button variant="primary" icon={<Zap />} busy={testing} disabledReason={reason} onClick={onTest}>
        {t('test.now')}
      </Button>
      <Button icon={monitor.enabled ? <Pause /> : <Play />} busy={bulk.isPending} disabledReason={reason} onClick={() => bulk.mutate({ ids: [monitor.id], change: { enabled: !monitor.enabled } })}>
        {t(monitor.enabled ? 'pause' : 'resume')}
      </Button>
      <Menu
        label={c('action.more')}
        trigger={
          <IconButton label={c('action.more')}>
            <EllipsisVertical />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} disabledReason={reason} onSelect={() => setOpen('edit')}>
          {c('action.edit')}
        </MenuItem>
        <MenuItem danger icon={<Trash2 />} disabledReason={reason} onSelect={() => setOpen('delete')}>
          {c('action.delete')}
        </MenuItem>
      </Menu>
      {bulk.error && (
        <span role="alert" className="w-full text-sm text-down">
          {errorText(bulk.error)}
        </span>
      )}
      {open === 'edit' && <MonitorForm monitor={monitor} onClose={close} onSaved={close} />}
      {open === 'delete' && <DeleteMonitorDialog monitor={monitor} onClose={close} onDeleted={() => void navigate({ to: paths.monitors })} />}
    </>
  )
}
