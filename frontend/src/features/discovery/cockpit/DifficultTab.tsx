import { Link } from '@tanstack/react-router'
import { RotateCcw, ShieldCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan } from '@/api/session'
import type { Scan } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { useSearchState } from '@/lib/use-search-state'
import { AddressChip } from '@/ui/AddressChip'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { StateMark, type State } from '@/ui/StateMark'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { showToast } from '@/ui/toast'
import { difficultOptions, useRetryTarget, type Difficult } from './queries'

const STATES: Record<Difficult['state'], State> = { parked: 'degraded', retried: 'new', released: 'up' }

/** The addresses that were put aside, each with its reason in words and the button that tries it again. */
export function DifficultTab({ scan }: { scan: Scan }) {
  const { t } = useTranslation('cockpit')
  const list = useList(difficultOptions(scan.id))
  const columns = useColumns()
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      {list.rows.length > 0 && <p className="text-sm text-pretty text-muted">{t('difficult.text')}</p>}
      <DataTable
        fill
        name="scan-difficult"
        label={t('tab.difficult')}
        {...list}
        error={list.error && errorText(list.error)}
        onRetry={list.retry}
        columns={columns}
        rowKey={(target) => String(target.id)}
        card={(target) => <TargetCard scan={scan} target={target} />}
        bulkActions={(targets, clear) => <RetryButton scan={scan} targets={targets} onDone={clear} />}
        rowActions={(target) => <RetryButton compact scan={scan} targets={[target]} />}
        empty={
          <EmptyState compact icon={<ShieldCheck />} title={t('difficult.none_title')}>
            {t('difficult.none_text')}
          </EmptyState>
        }
      />
    </div>
  )
}

function RetryButton({ scan, targets, compact = false, onDone }: { scan: Scan; targets: readonly Difficult[]; compact?: boolean; onDone?: () => void }) {
  const { t } = useTranslation('cockpit')
  const { t: c } = useTranslation()
  const retry = useRetryTarget(scan.id)
  const allowed = useCan('operator')
  const waiting = targets.filter((target) => target.state === 'parked')
  if (compact && waiting.length === 0) return null
  const run = () => retry.mutate(waiting.map((target) => target.id), { onError: (error) => showToast(errorText(error), { tone: 'down' }), onSettled: () => onDone?.() })
  return (
    <Button size="sm" variant={compact ? 'ghost' : 'secondary'} icon={<RotateCcw />} busy={retry.isPending} disabled={waiting.length === 0} disabledReason={!allowed && c('role_reason.operator')} onClick={run}>
      {t('action.retry')}
    </Button>
  )
}

/** The reason in the person's language; the server's English sentence where a code is new to us. */
function useReason(): (target: Difficult) => string {
  const { t, i18n } = useTranslation('cockpit')
  return ({ code, params, text }) => (i18n.exists(`cockpit:difficult.code.${code}`) ? String(t(`difficult.code.${code}` as 'difficult.code.flood', params as never)) : text || code)
}

function useColumns(): Column<Difficult>[] {
  const { t } = useTranslation('cockpit')
  const format = useFormat()
  const reason = useReason()
  const [, setSearch] = useSearchState()
  return [
    { id: 'address', header: t('difficult.column.address'), width: 190, fixed: true, cell: (target) => <Address target={target} /> },
    {
      id: 'reason',
      header: t('difficult.column.reason'),
      width: 420,
      cell: (target) => (
        <span className="flex min-w-0 items-center gap-2" title={reason(target)}>
          {target.code === 'tarpit' && <TarpitBadge />}
          <span className="min-w-0 truncate">{reason(target)}</span>
        </span>
      ),
    },
    {
      id: 'chunk',
      header: t('difficult.column.chunk'),
      width: 84,
      align: 'end',
      cell: (target) =>
        target.chunk === null ? (
          '–'
        ) : (
          <button type="button" className="rounded-sm hover:text-accent-text" onClick={() => setSearch({ tab: 'chunks', chunk: target.chunk ?? undefined })}>
            {format.number(target.chunk)}
          </button>
        ),
    },
    { id: 'state', header: t('difficult.column.state'), width: 160, cell: (target) => <StateMark state={STATES[target.state]} label={t(`difficult.state.${target.state}`)} /> },
    { id: 'seen', header: t('difficult.column.seen'), width: 120, cell: (target) => <Time at={target.seen_at} /> },
  ]
}

function Address({ target }: { target: Difficult }) {
  if (target.device_id === null) return <AddressChip plain address={target.address} />
  return (
    <Link to={paths.device(target.device_id)} className="mono hover:text-accent-text">
      {target.address}
    </Link>
  )
}

/** Stands at a device that answers on every port alike: none of its ports was believed. */
export function TarpitBadge() {
  const { t } = useTranslation('cockpit')
  return <Badge tone="degraded">{t('difficult.tarpit')}</Badge>
}

function TargetCard({ scan, target }: { scan: Scan; target: Difficult }) {
  const { t } = useTranslation('cockpit')
  const reason = useReason()
  return (
    <div className="flex flex-col gap-1.5 text-sm">
      <div className="flex items-center justify-between gap-3">
        <Address target={target} />
        <StateMark state={STATES[target.state]} label={t(`difficult.state.${target.state}`)} />
      </div>
      <p className="break-words text-muted">{reason(target)}</p>
      <RetryButton compact scan={scan} targets={[target]} />
    </div>
  )
}
