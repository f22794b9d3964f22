import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ArrowUp, Boxes, Download, Plus, Radar } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan } from '@/api/session'
import { useSiteId } from '@/api/site'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { IconButton } from '@/ui/IconButton'
import { Page } from '@/ui/Page'
import { showToast } from '@/ui/toast'
import { AddDeviceDialog } from './AddDeviceDialog'
import { BulkActions } from './BulkActions'
import { DeviceCard, useDeviceColumns } from './device-columns'
import { DeviceDrawer } from './DeviceDrawer'
import { DeviceFilterBar } from './DeviceFilterBar'
import { filtersFrom, isFiltered, NO_FILTERS, unordered, type DeviceFilters } from './filters'
import { useHeldRows } from '@/lib/held-rows'
import { deviceListOptions, exportDevices, headlineOptions } from './queries'

/** Everything that is known to be on the networks. `top` is what the first hour shows above; then rows flow in as they are found. */
export function InventoryPage({ top, flowing = false }: { top?: ReactNode; flowing?: boolean }) {
  const { t } = useTranslation('shell')
  const [search, setSearch] = useSearchState()
  const [adding, setAdding] = useState(false)
  const filters = filtersFrom(search, useSiteId())
  const list = useDevices(filters, flowing)
  const columns = useDeviceColumns()
  const opened = Number(search['device']) || undefined
  const filtered = isFiltered(filters)
  return (
    <Page fill title={t('nav.inventory')} summary={<Headline filters={filters} matching={list.total} />} actions={!(list.total === 0 && !filtered) && <AddButton onAdd={() => setAdding(true)} />}>
      {top}
      <DeviceFilterBar filters={filters} search={search} setSearch={setSearch} />
      <div className="relative flex min-h-0 flex-col">
        <NewRowsPill count={list.waiting} onShow={list.show} />
        <DataTable
          fill
          name="devices"
          label={t('nav.inventory')}
          rows={list.rows}
          columns={columns}
          rowKey={(device) => String(device.id)}
          loading={list.loading}
          stale={list.stale}
          error={list.error && errorText(list.error)}
          onRetry={list.retry}
          total={list.total}
          sort={filters.sort ?? 'name'}
          onSort={(sort) => setSearch({ sort })}
          onOpen={(device) => setSearch({ device: device.id })}
          openedKey={opened ? String(opened) : undefined}
          bulkActions={(devices, clear) => <BulkActions devices={devices} onDone={clear} onGone={list.forget} />}
          card={(device) => <DeviceCard device={device} />}
          hasMore={list.hasMore}
          loadingMore={list.loadingMore}
          onMore={list.onMore}
          toolbar={<ExportButton filters={filters} />}
          empty={filtered ? <NoMatch onClear={() => setSearch(NO_FILTERS)} /> : <NoDevices onAdd={() => setAdding(true)} />}
        />
      </div>
      <DeviceDrawer id={opened} onClose={() => setSearch({ device: undefined })} onGone={list.forget} />
      <AddDeviceDialog open={adding} onClose={() => setAdding(false)} onAdded={list.show} />
    </Page>
  )
}

/** The list with its rows held in place while scans write, unless they should flow in. */
function useDevices(filters: DeviceFilters, flowing: boolean) {
  const options = deviceListOptions(filters)
  const list = useList(options)
  const pages = useInfiniteQuery(options).data?.pages.length ?? 0
  const held = useHeldRows(list.rows, pages, `${JSON.stringify(filters)}${flowing}`, !list.loading && !list.stale)
  return { ...list, ...held, rows: list.stale || flowing ? list.rows : held.rows, waiting: flowing ? 0 : held.waiting }
}

function Headline({ filters, matching }: { filters: DeviceFilters; matching: number | undefined }) {
  const { t } = useTranslation('inventory')
  const format = useFormat()
  const { data } = useQuery(headlineOptions(filters.site_id))
  if (isFiltered(filters)) return matching === undefined ? <>&nbsp;</> : <>{t('headline.matching', { count: matching, formatted: format.number(matching) })}</>
  if (!data) return <>&nbsp;</>
  const all = t('headline.devices', { count: data.devices.total, formatted: format.number(data.devices.total) })
  return <>{data.devices.new_24h > 0 && data.devices.new_24h < data.devices.total ? `${all}, ${t('headline.new', { count: data.devices.new_24h, formatted: format.number(data.devices.new_24h) })}` : all}</>
}

function AddButton({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  return (
    <Button variant="primary" icon={<Plus />} disabledReason={!useCan('operator') && c('role_reason.operator')} onClick={onAdd}>
      {t('add.button')}
    </Button>
  )
}

/** "3 new devices": waits above the list until the person wants them. */
function NewRowsPill({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useTranslation('inventory')
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-12 z-20 flex justify-center">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="enter pointer-events-auto inline-flex h-8 items-center gap-2 rounded-full border border-line-strong bg-raised px-3.5 text-sm font-medium text-accent-text shadow-lifted hover:border-accent"
        >
          <ArrowUp aria-hidden className="size-4" />
          {t('pill', { count })}
        </button>
      )}
    </div>
  )
}

function ExportButton({ filters }: { filters: DeviceFilters }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const run = () => {
    setBusy(true)
    exportDevices(unordered(filters))
      .catch((error: unknown) => showToast(errorText(error), { tone: 'down' }))
      .finally(() => setBusy(false))
  }
  return (
    <IconButton size="sm" label={t('action.export_csv')} disabled={busy} onClick={run}>
      <Download />
    </IconButton>
  )
}

function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation()
  return (
    <EmptyState title={t('state.no_match')} action={<Button onClick={onClear}>{t('filter.clear_all')}</Button>}>
      {t('state.no_match_hint')}
    </EmptyState>
  )
}

function NoDevices({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  const navigate = useNavigate()
  const reason = !useCan('operator') && c('role_reason.operator')
  return (
    <EmptyState
      icon={<Boxes />}
      title={t('empty.title')}
      action={
        <>
          <Button variant="primary" icon={<Radar />} disabledReason={reason} onClick={() => void navigate({ to: paths.newScan })}>
            {t('empty.scan')}
          </Button>
          <Button variant="ghost" icon={<Plus />} disabledReason={reason} onClick={onAdd}>
            {t('empty.add')}
          </Button>
        </>
      }
    >
      {t('empty.text')}
    </EmptyState>
  )
}
