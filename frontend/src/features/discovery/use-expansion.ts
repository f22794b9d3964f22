import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError } from '@/api/problem'
import type { TargetExpansion } from '@/api/types'
import { expandTargets, type ExpandRequest } from './queries'

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
export function useExpansion(request: ExpandRequest, enabled: boolean): Expansion {
  const asked = JSON.stringify(request)
  const settled = useSettled(asked)
  const blank = request.targets.trim() === '' || (JSON.parse(settled) as ExpandRequest).targets.trim() === ''
  const query = useQuery({
    queryKey: ['targets', settled],
    queryFn: ({ signal }) => expandTargets(JSON.parse(settled) as ExpandRequest, signal),
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
    checking: asked !== settled || query.isFetching,
    recheck: () => void query.refetch(),
  }
}
