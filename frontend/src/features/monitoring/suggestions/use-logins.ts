import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCan } from '@/api/session'
import type { Suggestion } from '@/api/types'
import { credentialsOptions } from '../queries'
import { byType, loginNeeds, ready } from './logins'

/** The logins that some suggestions ask for, and what a person chose. The only one of its kind is chosen already. */
export function useLogins(suggestions: readonly Suggestion[]) {
  const [picked, setPicked] = useState<Record<string, number | undefined>>({})
  const profiles = useQuery({ ...credentialsOptions, enabled: useCan('operator') }).data?.items ?? []
  const needs = loginNeeds(suggestions, profiles)
  const chosen: Record<string, number> = {}
  for (const { collector, profiles: fitting } of needs) {
    const id = collector in picked ? picked[collector] : fitting.length === 1 ? fitting[0]?.id : undefined
    if (id !== undefined) chosen[collector] = id
  }
  return {
    needs,
    chosen,
    choose: (collector: string, id: number | undefined) => setPicked((before) => ({ ...before, [collector]: id })),
    ids: byType(chosen, profiles),
    ready: ready(suggestions, chosen),
  }
}
