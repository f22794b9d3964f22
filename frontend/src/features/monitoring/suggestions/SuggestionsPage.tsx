import { useQuery } from '@tanstack/react-query'
import { Check, Lightbulb, Lock, Undo2, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan } from '@/api/session'
import type { Suggestion } from '@/api/types'
import { paths } from '@/lib/paths'
import { asText, useSearchState, type SearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { FacetChip } from '@/ui/FacetChips'
import { FilterBar } from '@/ui/FilterBar'
import { IconButton } from '@/ui/IconButton'
import { LinkButton } from '@/ui/LinkButton'
import { Page } from '@/ui/Page'
import { Switch } from '@/ui/Switch'
import { showToast } from '@/ui/toast'
import { MonitorsNav } from '../MonitorsNav'
import { extensionsOptions } from '../queries'
import { useCollectorName } from '../words'
import { AcceptDialog } from './AcceptDialog'
import { networkChoicesOptions, suggestionListOptions, useDecide, type SuggestionFilters } from './queries'
import { useSuggestionColumns } from './suggestion-columns'

type Asked = { suggestions: readonly Suggestion[]; all: SuggestionFilters | null; total: number }

const numberOf = (value: SearchState[string]): number | undefined => (Number.isInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined)
function filtersFrom(search: SearchState): SuggestionFilters {
  const device = numberOf(search['device_id'])
  const network = numberOf(search['network_id'])
  const collector = asText(search['collector'])
  return { ...(device ? { device_id: device } : {}), ...(network ? { network_id: network } : {}), ...(collector ? { collector } : {}), ...(search['dismissed'] === true ? { dismissed: true } : {}) }
}

/** What could be watched of what was found: taken or put aside, one by one or together. */
export function SuggestionsPage() {
  const { t } = useTranslation(['suggestions', 'common', 'monitoring'])
  const operator = useCan('operator')
  const [search, setSearch] = useSearchState()
  const [asked, setAsked] = useState<Asked | null>(null)
  const filters = filtersFrom(search)
  const list = useList(suggestionListOptions(filters))
  const columns = useSuggestionColumns()
  const decide = useDecide()
  const narrowed = Object.keys(filters).length > 0
  const dismissed = filters.dismissed === true
  const failed = (error: unknown) => showToast(errorText(error), { tone: 'down' })
  const restore = (keys: string[]) => decide.mutate({ keys, restore: true }, { onError: failed })
  const putAside = (keys: string[]) =>
    decide.mutate(
      { keys, restore: false },
      {
        onError: failed,
        onSuccess: () => showToast(t('dismissed', { count: keys.length }), { action: { label: t('common:action.undo'), onClick: () => restore(keys) } }),
      },
    )
  const turn = (rows: readonly Suggestion[]) => (dismissed ? restore : putAside)(rows.map((row) => row.key))
  if (!operator) return <NotForViewers />
  const all = !dismissed && (list.total ?? 0) > 0 && (
    <Button variant="primary" icon={<Check />} onClick={() => setAsked({ suggestions: list.rows, all: filters, total: list.total ?? 0 })}>
      {t('accept_all', { count: list.total ?? 0 })}
    </Button>
  )
  return (
    <Page fill title={t('title')} summary={list.total === undefined ? ' ' : t(dismissed ? 'summary_dismissed' : 'summary', { count: list.total })} actions={all}>
      <MonitorsNav />
      <Filters filters={filters} setSearch={setSearch} />
      <DataTable
        fill
        label={t('title')}
        name="suggestions"
        {...list}
        error={list.error && errorText(list.error)}
        onRetry={list.retry}
        columns={columns}
        rowKey={(row) => row.key}
        bulkActions={(rows, clear) => (
          <>
            {!dismissed && (
              <Button size="sm" icon={<Check />} onClick={() => setAsked({ suggestions: rows, all: null, total: rows.length })}>
                {t('accept', { count: rows.length })}
              </Button>
            )}
            <Button
              size="sm"
              icon={dismissed ? <Undo2 /> : <X />}
              busy={decide.isPending}
              onClick={() => {
                turn(rows)
                clear()
              }}
            >
              {t(dismissed ? 'restore' : 'dismiss')}
            </Button>
          </>
        )}
        rowActions={(row) => (
          <IconButton size="sm" label={t(dismissed ? 'restore_named' : 'dismiss_named', { name: row.device_name })} onClick={() => turn([row])}>
            {dismissed ? <Undo2 /> : <X />}
          </IconButton>
        )}
        {...(dismissed ? {} : { onOpen: (row: Suggestion) => setAsked({ suggestions: [row], all: null, total: 1 }) })}
        empty={
          narrowed ? (
            <EmptyState title={t('common:state.no_match')} action={<Button onClick={() => setSearch(NO_FILTERS)}>{t('common:filter.clear_all')}</Button>}>
              {t('common:state.no_match_hint')}
            </EmptyState>
          ) : (
            <EmptyState icon={<Lightbulb />} title={t('empty.title')} action={<LinkButton to={paths.newScan}>{t('empty.scan')}</LinkButton>}>
              {t('empty.text')}
            </EmptyState>
          )
        }
      />
      {asked && <AcceptDialog {...asked} onClose={() => setAsked(null)} />}
    </Page>
  )
}

const NO_FILTERS: SearchState = { device_id: undefined, network_id: undefined, collector: undefined, dismissed: undefined }

function Filters({ filters, setSearch }: { filters: SuggestionFilters; setSearch: (change: SearchState) => void }) {
  const { t } = useTranslation(['suggestions', 'monitoring'])
  const collectorName = useCollectorName()
  const networks = useQuery(networkChoicesOptions).data?.items ?? []
  const collectors = (useQuery(extensionsOptions).data?.items ?? []).filter((item) => item.kind === 'collector')
  const active = filters.device_id ? [{ key: 'device_id', name: t('monitoring:facet.device'), value: `#${filters.device_id}` }] : []
  return (
    <FilterBar active={active} onRemove={(key) => setSearch({ [key]: undefined })}>
      <FacetChip name={t('column.collector')} values={collectors.map(({ name }) => ({ value: name, label: collectorName(name) }))} selected={filters.collector} onSelect={(collector) => setSearch({ collector })} />
      <FacetChip
        name={t('column.network')}
        values={networks.map((network) => ({ value: String(network.id), label: network.name || network.cidr }))}
        selected={filters.network_id ? String(filters.network_id) : undefined}
        onSelect={(network) => setSearch({ network_id: network })}
      />
      <Switch showLabel label={t('show_dismissed')} checked={filters.dismissed === true} onChange={(on) => setSearch({ dismissed: on || undefined })} />
    </FilterBar>
  )
}

function NotForViewers() {
  const { t } = useTranslation(['suggestions', 'common'])
  return (
    <Page title={t('title')}>
      <MonitorsNav />
      <div className="card">
        <EmptyState icon={<Lock />} title={t('common:role_reason.operator')} />
      </div>
    </Page>
  )
}
