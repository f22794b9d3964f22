import { asText, type SearchState } from '@/lib/use-search-state'

/** The time that charts show: the last so many seconds, or a piece that somebody zoomed to. Kept in the URL. */
export type Range = { from: number; to: number; preset: Preset | null }
export const PRESETS = ['1h', '6h', '24h', '7d', '30d', '1y'] as const
export type Preset = (typeof PRESETS)[number]

const HOUR = 3_600_000
export const LENGTHS: Record<Preset, number> = { '1h': HOUR, '6h': 6 * HOUR, '24h': 24 * HOUR, '7d': 168 * HOUR, '30d': 720 * HOUR, '1y': 8_766 * HOUR }
const USUAL: Preset = '6h'
/** Nobody needs to see less than this. */
export const SHORTEST_MS = 60_000

const asPreset = (value: unknown): Preset | null => PRESETS.find((preset) => preset === value) ?? null

/** How often the end of a range that runs with the clock moves on: a step that nobody would see in the chart is not worth a request. */
export function beatOf(preset: Preset | null): number {
  const length = preset ? LENGTHS[preset] : HOUR
  return Math.min(15 * 60_000, Math.max(5_000, length / 720))
}

/** The range that a URL asks for, at a moment. What cannot be read is the usual one. */
export function rangeFrom(search: SearchState, now: number): Range {
  const from = Date.parse(asText(search['from']) ?? '')
  const to = Date.parse(asText(search['to']) ?? '')
  if (from < to) return { from, to, preset: null }
  const preset = asPreset(search['range']) ?? USUAL
  const beat = beatOf(preset)
  const end = Math.ceil(now / beat) * beat
  return { from: end - LENGTHS[preset], to: end, preset }
}

const iso = (at: number): string => new Date(Math.round(at / 1000) * 1000).toISOString().replace('.000Z', 'Z')

/** The URL change that shows a piece of time; one that reaches to now and is as long as a usual one becomes that. */
export function toPiece(from: number, to: number): SearchState {
  const middle = (from + to) / 2
  const half = Math.max(SHORTEST_MS, to - from) / 2
  return { range: undefined, from: iso(middle - half), to: iso(middle + half) }
}

export const toPreset = (preset: Preset): SearchState => ({ range: preset === USUAL ? undefined : preset, from: undefined, to: undefined })

/** Three times as much around the same middle, but nothing that has not been yet. */
export function wider(range: Range, now: number): SearchState {
  const length = range.to - range.from
  const to = Math.min(now, range.to + length)
  return toPiece(Math.max(to - 3 * length, to - LENGTHS['1y']), to)
}

/** Half a range earlier (-1) or later (1). */
export function shifted(range: Range, direction: -1 | 1, now: number): SearchState {
  const length = range.to - range.from
  const to = Math.min(now, range.to + (direction * length) / 2)
  return toPiece(to - length, to)
}
