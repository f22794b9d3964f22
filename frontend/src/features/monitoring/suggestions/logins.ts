import type { CredentialProfile, Extension } from '@/api/types'
import type { Suggestion } from './queries'

/** One collector that asks for a login, how many suggestions wait for it, and the profiles that would do. */
export type LoginNeed = { collector: string; count: number; profiles: CredentialProfile[] }

/** Which logins a choice of suggestions still asks for. */
export function loginNeeds(suggestions: readonly Suggestion[], extensions: readonly Extension[], profiles: readonly CredentialProfile[]): LoginNeed[] {
  const counts = new Map<string, number>()
  for (const { collector, credential_needed, credential_profile_id } of suggestions) {
    if (credential_needed && credential_profile_id === null) counts.set(collector, (counts.get(collector) ?? 0) + 1)
  }
  return [...counts].map(([collector, count]) => {
    const types = extensions.find((item) => item.kind === 'collector' && item.name === collector)?.credentials ?? []
    return { collector, count, profiles: profiles.filter((profile) => types.includes(profile.type)) }
  })
}

/** The chosen profiles by their type, as the API takes them. */
export function byType(chosen: Readonly<Record<string, number>>, profiles: readonly CredentialProfile[]): Record<string, number> {
  return Object.fromEntries(
    Object.values(chosen).flatMap((id) => {
      const profile = profiles.find((item) => item.id === id)
      return profile ? [[profile.type, id]] : []
    }),
  )
}

/** The suggestions that can become monitors with what was chosen. */
export const ready = (suggestions: readonly Suggestion[], chosen: Readonly<Record<string, number>>): Suggestion[] =>
  suggestions.filter((item) => !item.credential_needed || item.credential_profile_id !== null || chosen[item.collector] !== undefined)
