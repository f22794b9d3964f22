import { useMemo } from 'react'

/** When, and how much; null where nothing answered. */
export type SparkPoint = readonly [string, number | null]

const WIDTH = 120
const HEIGHT = 24

const WINDOW_MS = 24 * 3_600_000

type Paths = { lines: string[]; gaps: { x: number; width: number }[]; last: { x: number; y: number } | null }

/** Lines from point to point over the window that ends with the last one; where nothing was measured there is no line. */
export function sparkPaths(points: readonly SparkPoint[], width = WIDTH, height = HEIGHT, window = WINDOW_MS): Paths {
  const values = points.flatMap(([, value]) => (value === null ? [] : [value]))
  if (values.length === 0) return { lines: [], gaps: [], last: null }
  const times = points.map(([at]) => Date.parse(at))
  const end = times.at(-1) ?? 0
  const [low, high] = [Math.min(0, ...values), Math.max(...values)]
  const round = (value: number) => Math.round(value * 10) / 10
  const x = (index: number) => round(Math.max(0, width - ((end - (times[index] ?? end)) / window) * width))
  const y = (value: number) => round(height - 2 - ((value - low) / (high - low || 1)) * (height - 4))
  const paths: Paths = { lines: [], gaps: [], last: null }
  let run: string[] = []
  const finish = () => {
    if (run.length > 0) paths.lines.push(run.length === 1 ? `M${run[0]}h.1` : `M${run.join('L')}`)
    run = []
  }
  points.forEach(([, value], index) => {
    if (value !== null) {
      paths.last = { x: x(index), y: y(value) }
      run.push(`${paths.last.x} ${paths.last.y}`)
      return
    }
    finish()
    // What lies before the first value was not watched yet.
    if (paths.last) addGap(paths.gaps, paths.last.x, x(Math.min(index + 1, points.length - 1)))
  })
  finish()
  return paths
}

/** Neighbouring gaps are one. */
function addGap(gaps: Paths['gaps'], from: number, to: number): void {
  const before = gaps.at(-1)
  if (before && before.x === from) before.width = to - from
  else gaps.push({ x: from, width: to - from })
}

/** A small line of recent values. It is beside a number that says the last one, so it has no words of its own. */
export function Sparkline({ points }: { points: readonly SparkPoint[] }) {
  const { lines, gaps, last } = useMemo(() => sparkPaths(points), [points])
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden className="block h-6 w-full max-w-36 overflow-visible">
      {gaps.map((gap) => (
        <rect key={gap.x} x={gap.x} y={HEIGHT - 3} width={gap.width} height="2" className="fill-line-strong" />
      ))}
      {lines.map((line) => (
        <path key={line} d={line} fill="none" strokeWidth="1.4" vectorEffect="non-scaling-stroke" strokeLinejoin="round" strokeLinecap="round" className="stroke-chart-1" />
      ))}
      {last && <circle cx={last.x} cy={last.y} r="1.6" className="fill-chart-1" />}
    </svg>
  )
}
