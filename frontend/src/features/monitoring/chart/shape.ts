/** From rows of the API to columns of a chart. A time without a row stays a gap: nothing is invented between two points. */

export type Row = { timestamp: string; [name: string]: unknown }
export type Column = { mean: (number | null)[]; low: (number | null)[] | null; high: (number | null)[] | null }
export type Shaped = { times: number[]; columns: Record<string, Column> }

/** Polls are a little early or late; from here on one is missing. */
const GAP = 1.9

const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)

/** Rows with an empty one wherever something is missing, in the order of time. */
export function withGaps(rows: readonly Row[], stepS: number): { at: number; row: Row | null }[] {
  const found: { at: number; row: Row | null }[] = []
  for (const row of rows) {
    const at = Date.parse(row.timestamp) / 1000
    const before = found.at(-1)?.at
    if (before !== undefined && stepS > 0 && at - before > stepS * GAP) found.push({ at: before + stepS, row: null })
    found.push({ at, row })
  }
  return found
}

/** Columns of these metrics; `_min` and `_max` become a band where the rows have them. */
export function shape(rows: readonly Row[], metrics: readonly string[], stepS: number): Shaped {
  const filled = withGaps(rows, stepS)
  const column = (name: string) => filled.map(({ row }) => number(row?.[name]))
  const columns = metrics.map((metric): [string, Column] => {
    const banded = rows.some((row) => number(row[`${metric}_min`]) !== null)
    return [metric, { mean: column(metric), low: banded ? column(`${metric}_min`) : null, high: banded ? column(`${metric}_max`) : null }]
  })
  return { times: filled.map(({ at }) => at), columns: Object.fromEntries(columns) }
}

/** Several series over one axis of times: each has null where only others have a point. */
export function join(parts: readonly { times: readonly number[]; column: Column }[]): { times: number[]; columns: Column[] } {
  const times = [...new Set(parts.flatMap((part) => part.times))].sort((a, b) => a - b)
  const columns = parts.map(({ times: own, column }) => {
    const at = new Map(own.map((time, index) => [time, index]))
    const spread = (values: readonly (number | null)[]) => times.map((time) => { const index = at.get(time); return index === undefined ? null : (values[index] ?? null) })
    return { mean: spread(column.mean), low: column.low && spread(column.low), high: column.high && spread(column.high) }
  })
  return { times, columns }
}

/** Indices of points that have no neighbour: without a dot nobody would see them. */
export function lonely(values: readonly (number | null | undefined)[]): number[] {
  return values.flatMap((value, index) => (value !== null && value !== undefined && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null ? [index] : []))
}

export type Summary = { last: number | null; low: number | null; high: number | null; mean: number | null }

/** What a column says in four numbers, for those who do not see the line. */
export function summary({ mean, low, high }: Column): Summary {
  const there = (values: readonly (number | null)[]) => values.filter((value) => value !== null)
  const means = there(mean)
  if (means.length === 0) return { last: null, low: null, high: null, mean: null }
  return { last: means.at(-1) ?? null, low: Math.min(...there(low ?? mean)), high: Math.max(...there(high ?? mean)), mean: means.reduce((sum, value) => sum + value, 0) / means.length }
}
