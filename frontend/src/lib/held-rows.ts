import { useState } from 'react'

type Row = { id: number }
type Held = { key: string; pages: number; ids: readonly number[]; kept: ReadonlyMap<number, Row> }

/** The order to hold from now on, given what the server says: the same ids in the same places, further pages at the end. */
export function holdOrder(held: readonly number[], fresh: readonly number[], grew: boolean): readonly number[] {
  if (held.length === 0) return fresh
  if (!grew) return held
  const known = new Set(held)
  const added = fresh.filter((id) => !known.has(id))
  return added.length === 0 ? held : [...held, ...added]
}

/**
 * Keeps rows where a person reads them while fresh data comes in: values change in place, nothing moves, and what is new is
 * counted until the person asks for it. A change of `key` (filters, order) starts anew; a further page goes to the end.
 */
export function useHeldRows<T extends Row>(fresh: readonly T[], pages: number, key: string, ready: boolean): { rows: T[]; waiting: number; show: () => void; forget: (ids: readonly number[]) => void } {
  const [held, setHeld] = useState<Held>({ key: '', pages: 0, ids: [], kept: new Map() })
  const freshIds = fresh.map((row) => row.id)
  const start = (): Held => ({ key, pages, ids: freshIds, kept: new Map(fresh.map((row) => [row.id, row])) })

  let now = held
  if (ready && (held.key !== key || (held.ids.length === 0 && fresh.length > 0))) now = start()
  else if (ready && pages > held.pages) now = { ...held, pages, ids: holdOrder(held.ids, freshIds, true), kept: new Map([...held.kept, ...fresh.map((row) => [row.id, row] as const)]) }
  if (now !== held) setHeld(now)

  const byId = new Map(fresh.map((row) => [row.id, row]))
  const shown = new Set(now.ids)
  return {
    rows: now.ids.flatMap((id) => byId.get(id) ?? (now.kept.get(id) as T | undefined) ?? []),
    waiting: now.key === key ? freshIds.filter((id) => !shown.has(id)).length : 0,
    show: () => setHeld(start()),
    forget: (ids) => setHeld((before) => ({ ...before, ids: before.ids.filter((id) => !ids.includes(id)) })),
  }
}
