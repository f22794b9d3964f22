import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError } from '@/api/problem'
import type { TargetExpansion } from '@/api/types'
import { expandTargets } from './queries'

const TYPING_PAUSE_MS = 350

/** `value` as it was once nothing changed for a moment. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

export type Expansion = { meaning: TargetExpansion | null; refused: ApiError | null; failed: unknown; checking: boolean; recheck: () => void }

/** What the typed targets mean, asked of the server while the person types. */
export function useExpansion(targets: string, exclusions: string, enabled: boolean): Expansion {
  const text = useSettled(targets)
  const without = useSettled(exclusions)
  const blank = text.trim() === ''
  const query = useQuery({
    queryKey: ['targets', text, without],
    queryFn: ({ signal }) => expandTargets(text, without, signal),
    enabled: enabled && !blank,
    retry: false,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })
  const refused = !blank && query.error instanceof ApiError && query.error.status === 422 ? query.error : null
  return {
    meaning: blank || query.error ? null : (query.data ?? null),
    refused,
    failed: refused ? null : query.error,
    checking: text !== targets || without !== exclusions || query.isFetching,
    recheck: () => void query.refetch(),
  }
}
