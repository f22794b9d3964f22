import { useSyncExternalStore } from 'react'

/** Whether the database is away while polling goes on: since when, how many results wait, how many found no room. */
export type StorageAway = { since: string; waiting: number; lost: number }

let away: StorageAway | null = null
const watchers = new Set<() => void>()

const number = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** Takes what the WebSocket or `/status` says of storage; anything without a time means that it is there. */
export function reportStorage(said: unknown): void {
  const fields = (said ?? {}) as Record<string, unknown>
  const since = fields['away_since'] ?? fields['storage_away_since']
  const next = typeof since === 'string' ? { since, waiting: number(fields['waiting']), lost: number(fields['lost']) } : null
  if (JSON.stringify(next) === JSON.stringify(away)) return
  away = next
  watchers.forEach((watcher) => watcher())
}

export const storageAway = (): StorageAway | null => away

export const useStorageAway = (): StorageAway | null =>
  useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    () => away,
  )
