import type { MonitorState, Reason, StateInterval } from '@/api/types'

/** A piece of time and the worst that was in it; without a state nobody watched yet. */
export type Beat = { from: number; to: number; state: MonitorState | null; reason: Reason | null; downMs: number }
type Span = { from: number; to: number; state: MonitorState; reason: Reason | null }

const WORST: readonly MonitorState[] = ['down', 'unknown', 'pending', 'paused', 'up']

/** State intervals as spans of time, the oldest first; the present one reaches to now. */
export function spansOf(intervals: readonly StateInterval[], now: number): Span[] {
  return intervals
    .map(({ state, started_at, ended_at, reason }) => ({ from: Date.parse(started_at), to: ended_at ? Date.parse(ended_at) : now, state, reason }))
    .sort((a, b) => a.from - b.from)
}

const overlap = (span: Span, from: number, to: number): number => Math.max(0, Math.min(span.to, to) - Math.max(span.from, from))

/** A range cut into `count` equal pieces. A state that lasted for a moment only is still seen in its piece. */
export function beatsOf(spans: readonly Span[], from: number, to: number, count: number): Beat[] {
  const length = (to - from) / count
  return Array.from({ length: count }, (_, index) => {
    const [start, end] = [from + index * length, from + (index + 1) * length]
    const inside = spans.filter((span) => span.from < end && span.to > start)
    const worst = WORST.map((state) => inside.findLast((span) => span.state === state)).find((span) => span !== undefined)
    const downMs = inside.filter((span) => span.state === 'down').reduce((sum, span) => sum + overlap(span, start, end), 0)
    return { from: start, to: end, state: worst?.state ?? null, reason: worst?.reason ?? null, downMs }
  })
}

/** The share of the watched time in which it was up; null where it was not watched. What nobody knows counts for nothing. */
export function uptime(spans: readonly Span[], from: number, to: number): number | null {
  const sum = (state: MonitorState) => spans.filter((span) => span.state === state).reduce((total, span) => total + overlap(span, from, to), 0)
  const [up, down] = [sum('up'), sum('down')]
  return up + down > 0 ? up / (up + down) : null
}

/** How often it went down within a range. */
export const outages = (spans: readonly Span[], from: number, to: number): number => spans.filter((span) => span.state === 'down' && span.from >= from && span.from < to).length
