import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight, Equal, GitCompareArrows } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { ApiError } from '@/api/problem'
import type { Scan } from '@/api/types'
import { paths } from '@/lib/paths'
import { asText, useSearchState } from '@/lib/use-search-state'
import { useFormat } from '@/i18n/use-format'
import { AddressChip } from '@/ui/AddressChip'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { FacetChip } from '@/ui/FacetChips'
import { Select } from '@/ui/Select'
import { StateMark, type State } from '@/ui/StateMark'
import type { Column } from '@/ui/table/column'
import { api, unwrap } from '@/api/client'
import { scanTitle } from '../scan-words'
import { compareOptions, DIFFERENCES, type Difference } from './queries'

const STATES: Record<Difference['kind'], State> = {
  host_new: 'new',
  host_gone: 'down',
  port_opened: 'up',
  port_closed: 'unknown',
  service_changed: 'degraded',
  os_changed: 'degraded',
  name_changed: 'maintenance',
}

/** What is different from an earlier scan: one row a difference, old and new side by side. */
export function CompareTab({ scan }: { scan: Scan }) {
  const { t } = useTranslation('cockpit')
  const [search, setSearch] = useSearchState()
  const other = asText(search['with']) ?? 'previous'
  const kind = DIFFERENCES.find((name) => name === search['kind'])
  const list = useList(compareOptions(scan.id, other, kind))
  const columns = useColumns()
  const nothing = list.error instanceof ApiError && list.error.status === 404
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <OtherScan scan={scan} other={other} onChange={(id) => setSearch({ with: id === 'previous' ? undefined : id })} />
        <FacetChip name={t('compare.column.what')} values={DIFFERENCES.map((value) => ({ value, label: t(`compare.kind.${value}`) }))} selected={kind} onSelect={(value) => setSearch({ kind: value })} />
      </div>
      <DataTable
        fill
        name="scan-compare"
        label={t('tab.compare')}
        {...list}
        error={list.error && !nothing ? errorText(list.error) : null}
        onRetry={list.retry}
        loading={list.loading && !nothing}
        columns={columns}
        rowKey={(item) => `${item.kind}-${item.address}-${item.port ?? ''}-${item.old ?? ''}-${item.new ?? ''}`}
        card={(item) => <DifferenceCard item={item} />}
        empty={
          nothing ? (
            <EmptyState compact icon={<GitCompareArrows />} title={t('compare.no_other_title')}>
              {t('compare.no_other_text')}
            </EmptyState>
          ) : (
            <EmptyState compact icon={<Equal />} title={t('compare.none_title')}>
              {t('compare.none_text')}
            </EmptyState>
          )
        }
      />
    </div>
  )
}

/** Scans that ended and began before this one, to choose from. */
function OtherScan({ scan, other, onChange }: { scan: Scan; other: string; onChange: (id: string) => void }) {
  const { t } = useTranslation('cockpit')
  const format = useFormat()
  const { data } = useQuery({ queryKey: ['scans', 'to-compare', scan.site_id], queryFn: () => unwrap(api.GET('/api/v1/scans', { params: { query: { site_id: scan.site_id, limit: 100 } } })) })
  const others = data?.items.filter((item) => item.id !== scan.id && item.finished_at) ?? []
  const options = [{ value: 'previous', label: t('compare.previous') }, ...others.map((item) => ({ value: String(item.id), label: `${scanTitle(item)} · ${format.relative(item.finished_at ?? item.created_at)}` }))]
  return (
    <label className="flex min-w-0 items-center gap-2 text-sm text-muted">
      <span className="shrink-0">{t('compare.with')}</span>
      <Select className="max-w-80 min-w-0" options={options} value={other} onChange={(event) => onChange(event.target.value)} />
    </label>
  )
}

function useColumns(): Column<Difference>[] {
  const { t } = useTranslation('cockpit')
  const none = <span className="text-muted">–</span>
  return [
    { id: 'what', header: t('compare.column.what'), width: 170, fixed: true, cell: (item) => <StateMark state={STATES[item.kind]} label={t(`compare.kind.${item.kind}`)} /> },
    { id: 'address', header: t('compare.column.address'), width: 170, cell: (item) => <Address item={item} /> },
    { id: 'port', header: t('compare.column.port'), width: 90, cell: (item) => (item.port === null ? none : <span className="mono">{item.port}</span>) },
    { id: 'old', header: t('compare.column.old'), width: 260, cell: (item) => (item.old ? <span title={item.old} className="text-muted">{item.old}</span> : none) },
    { id: 'new', header: t('compare.column.new'), width: 260, cell: (item) => (item.new ? <span title={item.new}>{item.new}</span> : none) },
  ]
}

function Address({ item }: { item: Difference }) {
  if (item.device_id === null) return <AddressChip plain address={item.address} />
  return (
    <Link to={paths.device(item.device_id)} className="mono hover:text-accent-text">
      {item.address}
    </Link>
  )
}

function DifferenceCard({ item }: { item: Difference }) {
  const { t } = useTranslation('cockpit')
  return (
    <div className="flex flex-col gap-1 text-sm">
      <div className="flex items-center justify-between gap-3">
        <StateMark state={STATES[item.kind]} label={t(`compare.kind.${item.kind}`)} />
        <span>
          <Address item={item} />
          {item.port !== null && <span className="mono text-muted"> {item.port}</span>}
        </span>
      </div>
      {(item.old ?? item.new) && (
        <p className="flex flex-wrap items-center gap-1.5 break-words text-muted">
          {item.old} {item.old && item.new && <ArrowRight aria-hidden className="size-3.5" />} <span className="text-text">{item.new}</span>
        </p>
      )}
    </div>
  )
}
