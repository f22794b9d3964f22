import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

export type SearchValue = string | number | boolean | undefined
export type SearchState = Record<string, SearchValue>

/** The page's filters, sort and tab, kept in the URL. Writing replaces the entry, so that Back leaves the page. */
export function useSearchState(): [SearchState, (change: SearchState) => void] {
  const search = useSearch({ strict: false }) as SearchState
  const navigate = useNavigate()
  const update = useCallback(
    (change: SearchState) => {
      const merge = (before: SearchState): SearchState => {
        const after = { ...before, ...change }
        for (const [key, value] of Object.entries(after)) {
          if (value === undefined || value === '') Reflect.deleteProperty(after, key)
        }
        return after
      }
      void navigate({ to: '.', search: merge as never, replace: true })
    },
    [navigate],
  )
  return [search, update]
}

/** A search value as text, or undefined when it is not set. */
export const asText = (value: SearchValue): string | undefined => (value === undefined ? undefined : String(value))
