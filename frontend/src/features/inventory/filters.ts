import type { SearchState } from '@/lib/use-search-state'

/** The list's filters as the URL holds them and as the API wants them: the same names, so that neither hides the other. */
export const FACETS = ['type', 'vendor', 'os', 'tag', 'port', 'service', 'network', 'source', 'inbox'] as const
export type FacetName = (typeof FACETS)[number]

export type DeviceFilters = Partial<Record<FacetName | 'q' | 'sort' | 'seen_since', string>> & { has_open_ports?: boolean; site_id?: number }

const TEXTS = ['q', ...FACETS, 'seen_since', 'sort'] as const

/** What a URL asks for. Anything unknown or empty is left out; a port may come as a number. */
export function filtersFrom(search: SearchState, siteId?: number): DeviceFilters {
  const filters: DeviceFilters = {}
  for (const name of TEXTS) {
    const value = search[name]
    if (value !== undefined && value !== '' && typeof value !== 'boolean') filters[name] = String(value)
  }
  if (search['has_open_ports'] === true || search['has_open_ports'] === 'true') filters.has_open_ports = true
  if (siteId !== undefined) filters.site_id = siteId
  return filters
}

/** A URL change that takes every filter away but keeps the sort. */
export const NO_FILTERS: SearchState = Object.fromEntries([...TEXTS.filter((name) => name !== 'sort'), 'has_open_ports'].map((name) => [name, undefined]))

/** Whether anything narrows the list; the site and the order do not. */
export const isFiltered = (filters: DeviceFilters): boolean => Object.keys(filters).some((name) => name !== 'sort' && name !== 'site_id')

/** The filters without the order: facets and exports know none. */
export function unordered(filters: DeviceFilters): DeviceFilters {
  const rest = { ...filters }
  delete rest.sort
  return rest
}
