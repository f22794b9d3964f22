/** localStorage for small, harmless preferences; without storage, the defaults hold. */

export function readPreference(key: string): string | null {
  try {
    return localStorage.getItem(`lanarium.${key}`)
  } catch {
    return null
  }
}

export function writePreference(key: string, value: string): void {
  try {
    localStorage.setItem(`lanarium.${key}`, value)
  } catch {
    // Full or switched off: the choice holds for this page only.
  }
}
