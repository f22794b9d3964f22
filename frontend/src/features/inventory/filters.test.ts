import { describe, expect, it } from 'vitest'
import { FACETS, filtersFrom, isFiltered, NO_FILTERS, unordered } from './filters'

describe('filters and the URL', () => {
  it('reads every filter under its own name, numbers as text', () => {
    const search = { q: 'nas', type: 'nas', vendor: 'Synology', os: 'DSM 7', tag: 'core', port: 443, service: 'https', network: 2, source: 'nmap', sort: '-ports', seen_since: '2026-01-01T00:00:00Z', has_open_ports: true }
    expect(filtersFrom(search, 3)).toEqual({ ...search, port: '443', network: '2', site_id: 3 })
  })

  it('leaves out what is empty, unknown or not a text', () => {
    expect(filtersFrom({ q: '', type: undefined, tab: 'ports', vendor: true })).toEqual({})
  })

  it('clears every filter but the order', () => {
    const search = { ...Object.fromEntries(FACETS.map((name) => [name, 'x'])), q: 'x', sort: 'name' }
    expect(filtersFrom({ ...search, ...NO_FILTERS })).toEqual({ sort: 'name' })
  })

  it('knows a narrowed list from an ordered one', () => {
    expect(isFiltered({ sort: 'name', site_id: 1 })).toBe(false)
    expect(isFiltered({ port: '22' })).toBe(true)
    expect(unordered({ sort: 'name', port: '22' })).toEqual({ port: '22' })
  })
})
