import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DeviceFacets, Facet } from '@/api/types'
import type { SearchState } from '@/lib/use-search-state'
import { useDeviceTypeName } from '@/ui/DeviceTypeIcon'
import { FacetChip } from '@/ui/FacetChips'
import { FilterBar, type ActiveFilter } from '@/ui/FilterBar'
import { useSourceName } from '@/ui/source-name'
import { FACETS, NO_FILTERS, unordered, type DeviceFilters, type FacetName } from './filters'
import { facetsOptions } from './queries'

type Props = { filters: DeviceFilters; search: SearchState; setSearch: (change: SearchState) => void }

/** Search and facets with counts. The text and each facet are words of the URL. */
export function DeviceFilterBar({ filters, setSearch }: Props) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  const facets = useQuery(facetsOptions(unordered(filters)))
  const labelOf = useFacetLabel()
  const active: ActiveFilter[] = []
  if (filters.has_open_ports) active.push({ key: 'has_open_ports', name: t('facet.has_open_ports'), value: c('value.yes') })
  const seen = filters.seen_since
  if (seen) active.push({ key: 'seen_since', name: t('facet.seen_since'), value: seen })
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

type Labelled = Facet & { label?: string | null }

const valuesOf = (facets: DeviceFacets | undefined, name: FacetName): readonly Labelled[] => facets?.[name] ?? []

function useFacetLabel(): (name: FacetName, value: string) => string {
  const typeName = useDeviceTypeName()
  const sourceName = useSourceName()
  const { t } = useTranslation('inbox')
  return (name, value) => (name === 'inbox' ? t(`state.${value as 'new'}`) : name === 'type' ? typeName(value) : name === 'source' ? sourceName(value) : value)
}
