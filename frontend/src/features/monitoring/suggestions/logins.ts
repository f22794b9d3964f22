import type { CredentialProfile, Suggestion } from '@/api/types'

/** One collector that asks for a login, how many suggestions wait for it, and the profiles that would do. */
export type LoginNeed = { collector: string; count: number; profiles: CredentialProfile[] }

/** Which logins a choice of suggestions still asks for. */
export function loginNeeds(suggestions: readonly Suggestion[], profiles: readonly CredentialProfile[]): LoginNeed[] {
  const waiting = suggestions.filter((item) => item.credential_needed && item.credential_profile_id === null)
  return [...new Set(waiting.map((item) => item.collector))].map((collector) => {
    const some = waiting.filter((item) => item.collector === collector)
    return { collector, count: some.length, profiles: profiles.filter((profile) => some.some((item) => item.credential_types.includes(profile.type))) }
  })
}

/** The chosen profiles by their type, as the API takes them. */
export const byType = (chosen: Readonly<Record<string, number>>, profiles: readonly CredentialProfile[]): Record<string, number> =>
  Object.fromEntries(
    Object.values(chosen).flatMap((id) => {
      const profile = profiles.find((item) => item.id === id)
      return profile ? [[profile.type, id] as const] : []
    }),
  )

/** The suggestions that can become monitors with what was chosen. */
export const ready = (suggestions: readonly Suggestion[], chosen: Readonly<Record<string, number>>): Suggestion[] =>
  suggestions.filter((item) => !item.credential_needed || item.credential_profile_id !== null || chosen[item.collector] !== undefined)
