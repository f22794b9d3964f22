import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { deviceOptions } from '@/features/inventory/queries'
import type { MonitorFacets } from '@/api/types'
import type { SearchState } from '@/lib/use-search-state'
import { FacetChip } from '@/ui/FacetChips'
import { FilterBar, type ActiveFilter } from '@/ui/FilterBar'
import { FACETS, NO_FILTERS, unordered, type FacetName, type MonitorFilters } from './filters'
import { credentialsOptions, monitorFacetsOptions, pluginsOptions } from './queries'
import { useCollectorName, usePluginName } from './words'

type Props = { filters: MonitorFilters; setSearch: (change: SearchState) => void }

/** Search and facets with counts; each a word of the URL. */
export function MonitorFilterBar({ filters, setSearch }: Props) {
  const { t } = useTranslation('monitoring')
  const facets = useQuery(monitorFacetsOptions(unordered(filters)))
  const labelOf = useFacetLabel()
  const active = useReferences(filters)
  const narrowed = FACETS.some((name) => filters[name]) || active.length > 0 || Boolean(filters.q)
  return (
    <FilterBar
      query={filters.q ?? ''}
      onQuery={(q) => setSearch({ q })}
      placeholder={t('search')}
      active={active}
      onRemove={(key) => setSearch({ [key]: undefined })}
      {...(narrowed ? { onClear: () => setSearch(NO_FILTERS) } : {})}
    >
      <div className="flex min-w-0 items-center gap-2 max-sm:-mx-4 max-sm:w-screen max-sm:overflow-x-auto max-sm:px-4 sm:flex-wrap">
        {FACETS.map((name) => (
          <FacetChip
            key={name}
            name={t(`facet.${name}`)}
            values={valuesOf(facets.data, name).map((facet) => ({ value: String(facet.value), label: facet.label ?? labelOf(name, String(facet.value)), count: facet.count }))}
            selected={filters[name]}
            onSelect={(value) => setSearch({ [name]: value })}
          />
        ))}
      </div>
    </FilterBar>
  )
}

const valuesOf = (facets: MonitorFacets | undefined, name: FacetName) => facets?.[name] ?? []

function useFacetLabel(): (name: FacetName, value: string) => string {
  const { t } = useTranslation()
  const collectorName = useCollectorName()
  return (name, value) => (name === 'state' ? t(`state.${value as 'up'}`) : name === 'type' ? collectorName(value) : value)
}

/** What another page narrowed the list to: a device, a plugin, a credential profile, by its name. */
function useReferences(filters: MonitorFilters): ActiveFilter[] {
  const { t } = useTranslation('monitoring')
  const pluginName = usePluginName()
  const device = useQuery({ ...deviceOptions(filters.device_id ?? 0), enabled: filters.device_id !== undefined })
  const plugins = useQuery({ ...pluginsOptions, enabled: filters.plugin_id !== undefined })
  const credentials = useQuery({ ...credentialsOptions, enabled: filters.credential_profile_id !== undefined })
  const plugin = plugins.data?.items.find((item) => item.id === filters.plugin_id)
  const credential = credentials.data?.items.find((item) => item.id === filters.credential_profile_id)
  const found: ActiveFilter[] = []
  if (filters.device_id) found.push({ key: 'device_id', name: t('facet.device'), value: device.data?.name ?? String(filters.device_id) })
  if (filters.plugin_id) found.push({ key: 'plugin_id', name: t('facet.plugin'), value: plugin ? pluginName(plugin) : String(filters.plugin_id) })
  if (filters.credential_profile_id) found.push({ key: 'credential_profile_id', name: t('facet.credential'), value: credential?.name ?? String(filters.credential_profile_id) })
  return found
}
