import type { SearchState } from '@/lib/use-search-state'

/** The list's filters as the URL holds them and as the API wants them: the same names. */
export const FACETS = ['state', 'type', 'network', 'tag'] as const
export type FacetName = (typeof FACETS)[number]
export type MonitorFilters = Partial<Record<FacetName | 'q' | 'sort', string>> & { site_id?: number; device_id?: number; plugin_id?: number; credential_profile_id?: number }

const TEXTS = ['q', ...FACETS, 'sort'] as const
/** What pages of other things link with: they stand in the URL by number. */
export const REFERENCES = ['device_id', 'plugin_id', 'credential_profile_id'] as const

/** What a URL asks for. Anything unknown or empty is left out. */
export function filtersFrom(search: SearchState, siteId?: number): MonitorFilters {
  const filters: MonitorFilters = {}
  for (const name of TEXTS) {
    const value = search[name]
    if (value !== undefined && value !== '' && typeof value !== 'boolean') filters[name] = String(value)
  }
  for (const name of REFERENCES) {
    const value = Number(search[name])
    if (Number.isInteger(value) && value > 0) filters[name] = value
  }
  if (siteId !== undefined) filters.site_id = siteId
  return filters
}

/** A URL change that takes every filter away but keeps the sort. */
export const NO_FILTERS: SearchState = Object.fromEntries([...TEXTS.filter((name) => name !== 'sort'), ...REFERENCES].map((name) => [name, undefined]))

/** Whether anything narrows the list; the site and the order do not. */
export const isFiltered = (filters: MonitorFilters): boolean => Object.keys(filters).some((name) => name !== 'sort' && name !== 'site_id')

/** The filters without the order: counts know none. */
export function unordered(filters: MonitorFilters): MonitorFilters {
  const rest = { ...filters }
  delete rest.sort
  return rest
}
