import { readPreference, writePreference } from '@/lib/storage'

export type TablePreferences = { visibility: Record<string, boolean>; sizes: Record<string, number> }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The columns that the person chose for this table; anything unreadable is as if nothing was chosen. */
export function loadTablePreferences(key: string): TablePreferences {
  const empty: TablePreferences = { visibility: {}, sizes: {} }
  try {
    const saved: unknown = JSON.parse(readPreference(`table.${key}`) ?? 'null')
    if (!isRecord(saved) || !isRecord(saved['visibility']) || !isRecord(saved['sizes'])) return empty
    return saved as TablePreferences
  } catch {
    return empty
  }
}

export const saveTablePreferences = (key: string, value: TablePreferences): void =>
  writePreference(`table.${key}`, JSON.stringify(value))
