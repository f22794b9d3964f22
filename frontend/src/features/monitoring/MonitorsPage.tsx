import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Activity, ArrowUp, Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan } from '@/api/session'
import { useSiteId } from '@/api/site'
import { useFormat } from '@/i18n/use-format'
import { useHeldRows } from '@/lib/held-rows'
import { paths } from '@/lib/paths'
import { useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { LinkButton } from '@/ui/LinkButton'
import { Page } from '@/ui/Page'
import { filtersFrom, isFiltered, NO_FILTERS, type MonitorFilters } from './filters'
import { useLiveRows, useMonitorFeed } from './live'
import { MonitorCard, useMonitorColumns } from './monitor-columns'
import { MonitorBulk } from './MonitorBulk'
import { MonitorFilterBar } from './MonitorFilterBar'
import { MonitorForm } from './MonitorForm'
import { MonitorRowMenu } from './MonitorRowMenu'
import { monitorFacetsOptions, monitorListOptions } from './queries'
import { useSparklines } from './sparklines'

/** Everything that is watched, the worst first, live in its place. */
export function MonitorsPage() {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const [search, setSearch] = useSearchState()
  const filters = filtersFrom(search, useSiteId())
  useMonitorFeed()
  const list = useMonitors(filters)
  const lines = useSparklines(useMemo(() => list.rows.map((row) => row.id), [list.rows]))
  const columns = useMonitorColumns(lines)
  const adding = search['new'] === true || search['new'] === 'true'
  const filtered = isFiltered(filters)
  const add = () => setSearch({ new: true })
  return (
    <Page fill title={t('nav.monitors')} summary={<Headline filters={filters} matching={list.total} />} actions={!(list.total === 0 && !filtered) && <AddButton onAdd={add} />}>
      <MonitorFilterBar filters={filters} setSearch={setSearch} />
      <div className="relative flex min-h-0 flex-col">
        <NewRowsPill count={list.waiting} onShow={list.show} />
        <DataTable
          fill
          name="monitors"
          label={t('nav.monitors')}
          rows={list.live}
          columns={columns}
          rowKey={(monitor) => String(monitor.id)}
          loading={list.loading}
          stale={list.stale}
          error={list.error && errorText(list.error)}
          onRetry={list.retry}
          total={list.total}
          sort={filters.sort ?? 'state'}
          onSort={(sort) => setSearch({ sort })}
          onOpen={(monitor) => void navigate({ to: paths.monitor(monitor.id) })}
          bulkActions={(monitors, clear) => <MonitorBulk monitors={monitors} onDone={clear} onGone={list.forget} />}
          rowActions={(monitor) => <MonitorRowMenu monitor={monitor} onGone={list.forget} />}
          card={(monitor) => <MonitorCard monitor={monitor} line={lines.get(monitor.id)} />}
          hasMore={list.hasMore}
          loadingMore={list.loadingMore}
          onMore={list.onMore}
          empty={filtered ? <NoMatch onClear={() => setSearch(NO_FILTERS)} /> : <NoMonitors onAdd={add} />}
        />
      </div>
      {adding && <MonitorForm onClose={() => setSearch({ new: undefined })} onSaved={(monitor) => void navigate({ to: paths.monitor(monitor.id) })} />}
    </Page>
  )
}

/** The list with its rows held in place while values and states change in them. */
function useMonitors(filters: MonitorFilters) {
  const options = monitorListOptions(filters)
  const list = useList(options)
  const pages = useInfiniteQuery(options).data?.pages.length ?? 0
  const held = useHeldRows(list.rows, pages, JSON.stringify(filters), !list.loading && !list.stale)
  const rows = list.stale ? list.rows : held.rows
  return { ...list, ...held, rows, live: useLiveRows(rows) }
}

/** "128 monitors: 120 up, 2 down": the whole site, whatever the filters. */
function Headline({ filters, matching }: { filters: MonitorFilters; matching: number | undefined }) {
  const { t } = useTranslation('monitoring')
  const format = useFormat()
  const { data } = useQuery(monitorFacetsOptions(filters.site_id === undefined ? {} : { site_id: filters.site_id }))
  if (isFiltered(filters)) return matching === undefined ? <>&nbsp;</> : <>{t('headline.matching', { count: matching, formatted: format.number(matching) })}</>
  if (!data) return <>&nbsp;</>
  const counts = new Map(data.state.map((facet) => [facet.value, facet.count]))
  const total = data.state.reduce((sum, facet) => sum + facet.count, 0)
  const parts = (['down', 'unknown', 'up', 'pending', 'paused'] as const).flatMap((state) => {
    const count = counts.get(state) ?? 0
    return count > 0 ? [t(`headline.${state}`, { count, formatted: format.number(count) })] : []
  })
  const all = t('headline.monitors', { count: total, formatted: format.number(total) })
  return <>{parts.length > 0 ? `${all}: ${parts.join(', ')}` : all}</>
}

function AddButton({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation('monitoring')
  const { t: c } = useTranslation()
  return (
    <Button variant="primary" icon={<Plus />} disabledReason={!useCan('operator') && c('role_reason.operator')} onClick={onAdd}>
      {t('add')}
    </Button>
  )
}

/** "3 new monitors": waits above the list until the person wants them. */
function NewRowsPill({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useTranslation('monitoring')
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

function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation()
  return (
    <EmptyState title={t('state.no_match')} action={<Button onClick={onClear}>{t('filter.clear_all')}</Button>}>
      {t('state.no_match_hint')}
    </EmptyState>
  )
}

function NoMonitors({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation('monitoring')
  const { t: c } = useTranslation()
  return (
    <EmptyState
      icon={<Activity />}
      title={t('empty.title')}
      action={
        <>
          <Button variant="primary" icon={<Plus />} disabledReason={!useCan('operator') && c('role_reason.operator')} onClick={onAdd}>
            {t('add')}
          </Button>
          <LinkButton variant="ghost" to={paths.inventory}>
            {t('empty.inventory')}
          </LinkButton>
        </>
      }
    >
      {t('empty.text')}
    </EmptyState>
  )
}
