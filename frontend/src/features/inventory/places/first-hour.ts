import { useSyncExternalStore } from 'react'
import { readPreference, writePreference } from '@/lib/storage'

/** The first scan of a fresh installation, remembered on this device until the person has seen enough of it. */

const NAME = 'first_hour'
const watchers = new Set<() => void>()

/** Remembers the scan that the first confirmation started; null ends the first hour. */
export function setFirstScan(scanId: number | null): void {
  writePreference(NAME, scanId === null ? '' : String(scanId))
  watchers.forEach((watcher) => watcher())
}

/** The id of the first scan while the first hour lasts. */
export const useFirstScan = (): number | null =>
  useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    () => Number(readPreference(NAME)) || null,
  )
