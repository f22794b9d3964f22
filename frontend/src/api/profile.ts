import { setLanguage } from '@/i18n/i18n'
import { asLanguage, type Language } from '@/i18n/languages'
import { setTheme, type ThemeChoice } from '@/lib/theme'
import { api, unwrap } from './client'
import { sessionState, setUser } from './session'
import type { User } from './types'

/** A language that was chosen at the login page: it is this person's newest wish, so it goes into the profile. */
let chosenBeforeLogin: Language | null = null

/** Language and theme: in force at once, kept on this device and, for a person who is logged in, in the profile. */

async function save(change: { language?: Language; theme?: ThemeChoice }): Promise<void> {
  if (sessionState().status !== 'in') return
  // A preference that could not be kept is no reason to interrupt: it holds on this device.
  const user = await unwrap(api.PATCH('/api/v1/auth/me', { body: change })).catch(() => null)
  if (user) setUser(user)
}

export async function chooseLanguage(language: Language): Promise<void> {
  if (sessionState().status !== 'in') chosenBeforeLogin = language
  await setLanguage(language)
  await save({ language })
}

export async function chooseTheme(theme: ThemeChoice): Promise<void> {
  setTheme(theme)
  await save({ theme })
}

/** What the profile says wins over what this device remembers. */
export async function applyProfile(user: User): Promise<void> {
  if (chosenBeforeLogin) {
    await save({ language: chosenBeforeLogin })
    chosenBeforeLogin = null
    return
  }
  if (user.theme !== 'system') setTheme(user.theme)
  const language = asLanguage(user.language)
  if (language) await setLanguage(language)
}
