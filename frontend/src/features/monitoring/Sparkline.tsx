import { useMemo } from 'react'

export type SparkPoint = readonly [number | string, number | null]

const WIDTH = 120
const HEIGHT = 24

/** Lines from point to point; where nothing was measured there is no line. */
export function sparkPaths(points: readonly SparkPoint[], width = WIDTH, height = HEIGHT): { lines: string[]; gaps: { x: number; width: number }[]; last: { x: number; y: number } | null } {
  const values = points.flatMap(([, value]) => (value === null ? [] : [value]))
  if (values.length === 0) return { lines: [], gaps: [], last: null }
  const low = Math.min(0, ...values)
  const high = Math.max(...values)
  const step = width / Math.max(1, points.length - 1)
  const x = (index: number) => Math.round(index * step * 10) / 10
  const y = (value: number) => Math.round((height - 2 - ((value - low) / (high - low || 1)) * (height - 4)) * 10) / 10
  const lines: string[] = []
  const gaps: { x: number; width: number }[] = []
  let run: string[] = []
  let last: { x: number; y: number } | null = null
  const end = () => {
    if (run.length === 1) lines.push(`M${run[0]}h.1`)
    else if (run.length > 1) lines.push(`M${run.join('L')}`)
    run = []
  }
  points.forEach(([, value], index) => {
    if (value === null) {
      end()
      const previous = gaps.at(-1)
      // What lies before the first value was not watched yet, or is older than what is kept.
      if (last && previous && previous.x + previous.width >= x(index)) previous.width = x(index + 1) - previous.x
      else if (last) gaps.push({ x: x(index), width: step })
      return
    }
    last = { x: x(index), y: y(value) }
    run.push(`${last.x} ${last.y}`)
  })
  end()
  return { lines, gaps, last }
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
