import { useQuery, queryOptions } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { readPreference, writePreference } from '@/lib/storage'
import { api, unwrap } from './client'

/** Which site the person looks at: every list asks for it. Undefined means all of theirs. */

const listeners = new Set<() => void>()
let chosen: number | undefined = Number(readPreference('site')) || undefined

export function setSiteId(id: number | undefined): void {
  chosen = id
  writePreference('site', id === undefined ? '' : String(id))
  listeners.forEach((listener) => listener())
}

export const sitesQuery = queryOptions({
  queryKey: ['sites', 'list'],
  queryFn: () => unwrap(api.GET('/api/v1/sites', { params: { query: { limit: 500 } } })),
  staleTime: 60_000,
})

const useChosen = (): number | undefined =>
  useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => chosen,
  )

/** The chosen site, as long as it still exists. */
export function useSiteId(): number | undefined {
  const id = useChosen()
  const { data } = useQuery(sitesQuery)
  if (!data || id === undefined) return id
  return data.items.some((site) => site.id === id) ? id : undefined
}
