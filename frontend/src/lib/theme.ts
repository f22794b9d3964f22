import { useSyncExternalStore } from 'react'
import { readPreference, writePreference } from './storage'

/** Dark or light, from the person's choice or the system's. `public/theme.js` does the same before the first paint. */
export type ThemeChoice = 'system' | 'dark' | 'light'

const CHOICES: readonly ThemeChoice[] = ['system', 'dark', 'light']
const listeners = new Set<() => void>()
let choice: ThemeChoice = CHOICES.find((name) => name === readPreference('theme')) ?? 'system'

const systemIsDark = (): boolean => matchMedia('(prefers-color-scheme: dark)').matches

function apply(): void {
  const dark = choice === 'dark' || (choice === 'system' && systemIsDark())
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
}

/** Follows the system from now on, as far as the person has not chosen. */
export function startTheme(): void {
  apply()
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply)
}

export function setTheme(next: ThemeChoice): void {
  choice = next
  writePreference('theme', next)
  apply()
  listeners.forEach((listener) => listener())
}

export const useTheme = (): ThemeChoice =>
  useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => choice,
  )

/** Whether the page is dark now, whoever chose it. */
export const useDark = (): boolean => {
  const theme = useTheme()
  return theme === 'dark' || (theme === 'system' && systemIsDark())
}
