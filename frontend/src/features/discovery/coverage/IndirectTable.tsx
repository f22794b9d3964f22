import { Link, useNavigate } from '@tanstack/react-router'
import { Ear, Radar } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan } from '@/api/session'
import { useSiteId } from '@/api/site'
import type { IndirectAddress } from '@/api/types'
import { paths } from '@/lib/paths'
import { asText, useSearchState } from '@/lib/use-search-state'
import { AddressChip } from '@/ui/AddressChip'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { useSourceName } from '@/ui/source-name'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { showToast } from '@/ui/toast'
import { indirectOptions, useListen, useScanTargets } from './queries'

/** Addresses that something told of and no scan ever asked, with the button that asks them. */
export function IndirectTable() {
  const { t } = useTranslation('coverage')
  const [search, setSearch] = useSearchState()
  const sort = asText(search['sort']) ?? '-seen_at'
  const list = useList(indirectOptions(useSiteId(), sort))
  const columns = useColumns()
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <header className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-lg font-semibold">{t('indirect.title')}</h2>
          <p className="text-sm text-pretty text-muted">{t('indirect.text')}</p>
        </div>
        <ListenButton />
      </header>
      <DataTable
        name="coverage-indirect"
        label={t('indirect.title')}
        {...list}
        error={list.error && errorText(list.error)}
        onRetry={list.retry}
        columns={columns}
        rowKey={(item) => `${item.device_id}-${item.address}`}
        sort={sort}
        onSort={(next) => setSearch({ sort: next })}
        bulkActions={(rows, clear) => <ScanRows rows={rows} onDone={clear} />}
        rowActions={(item) => <ScanRows rows={[item]} compact />}
        empty={
          <EmptyState compact icon={<Ear />} title={t('indirect.empty_title')}>
            {t('indirect.empty_text')}
          </EmptyState>
        }
      />
    </section>
  )
}

function ListenButton() {
  const { t } = useTranslation('coverage')
  const { t: c } = useTranslation()
  const listen = useListen()
  const reason = !useCan('operator') && c('role_reason.operator')
  const run = () =>
    listen.mutate(undefined, {
      onSuccess: (found) => showToast(t('indirect.listened', { count: found.heard, stored: found.stored })),
      onError: (error) => showToast(errorText(error), { tone: 'down' }),
    })
  return (
    <Button size="sm" icon={<Ear />} title={t('indirect.listen_hint')} busy={listen.isPending} disabledReason={reason} onClick={run}>
      {t('indirect.listen')}
    </Button>
  )
}

function ScanRows({ rows, compact = false, onDone }: { rows: readonly IndirectAddress[]; compact?: boolean; onDone?: () => void }) {
  const { t } = useTranslation('coverage')
  const { t: c } = useTranslation()
  const navigate = useNavigate()
  const start = useScanTargets()
  const canScan = useCan('operator')
  const targets = rows.filter((item) => item.scan_allowed).map((item) => item.address)
  const reason = !canScan ? c('role_reason.operator') : targets.length === 0 && t(rows.length === 1 ? 'reason.not_allowed' : 'reason.none_allowed')
  const run = () =>
    start.mutate(
      { targets, count: targets.length, name: t('scan_selected_name') },
      {
        onSuccess: (scan) => {
          onDone?.()
          void navigate({ to: paths.scan(scan.id) })
        },
        onError: (error) => showToast(errorText(error), { tone: 'down' }),
      },
    )
  return (
    <Button size="sm" variant={compact ? 'ghost' : 'secondary'} {...(compact ? {} : { icon: <Radar /> })} busy={start.isPending} disabledReason={reason} onClick={run}>
      {t('scan_selected')}
    </Button>
  )
}

function useColumns(): Column<IndirectAddress>[] {
  const { t } = useTranslation('coverage')
  const sourceName = useSourceName()
  const none = <span className="text-muted">–</span>
  return [
    { id: 'address', header: t('column.address'), sort: 'address', width: 220, fixed: true, cell: (item) => <AddressChip address={item.address} /> },
    {
      id: 'device',
      header: t('column.device'),
      width: 190,
      cell: (item) => (
        <Link to={paths.device(item.device_id)} className="truncate hover:text-accent-text" title={item.device_name}>
          {item.device_name}
        </Link>
      ),
    },
    {
      id: 'mac',
      header: t('column.mac'),
      sort: 'mac',
      width: 240,
      cell: (item) =>
        item.mac ? (
          <span title={item.vendor ?? undefined}>
            <span className="mono">{item.mac}</span> <span className="text-muted">{item.vendor}</span>
          </span>
        ) : (
          none
        ),
    },
    { id: 'source', header: t('column.source'), sort: 'source', width: 140, cell: (item) => sourceName(item.source) },
    { id: 'interface', header: t('column.interface'), width: 110, cell: (item) => (item.interface ? <span className="mono">{item.interface}</span> : none) },
    { id: 'network', header: t('column.network'), width: 170, cell: (item) => (item.network ? <span className="mono">{item.network}</span> : <span className="text-muted">{t('no_network')}</span>) },
    { id: 'seen', header: t('column.seen'), sort: 'seen_at', width: 110, cell: (item) => <Time at={item.seen_at} /> },
  ]
}
