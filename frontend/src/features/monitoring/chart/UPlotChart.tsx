import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { axisTimes } from './axis-times'
import { lonely } from './shape'
import type { ChartProps } from './TimeChart'

const HEIGHT = 168
const AXIS_FONT = '11px "Inter Variable", system-ui, sans-serif'
const X_GAP = 64
const BAND = '26'
const SHADE = { down: '24', unknown: '1f' } as const
/** A drag shorter than this is a click that slipped. */
const LEAST_DRAG = 6
/** Charts of one page share the crosshair. */
const SYNC = 'monitor'

const paint = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

/** The chart itself: a file of its own, loaded when the first chart is shown. */
export function UPlotChart(props: ChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  const { data, locale, dark, unit } = props
  const names = props.lines.map((line) => `${line.color}${line.band}`).join()
  // A new plot only where its look changes; new values go into the one that is there, so that nothing flickers.
  useEffect(() => {
    const element = host.current
    if (!element) return
    const made = new uPlot(optionsOf(latest, element.clientWidth || 320), latest.current.data as uPlot.AlignedData, element)
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [names, locale, dark, unit])
  useEffect(() => {
    plot.current?.setData(data as uPlot.AlignedData)
  }, [data, props.from, props.to, props.shades])
  return <div ref={host} className="h-42 w-full min-w-0 touch-pan-y" />
}

type Latest = { current: ChartProps }

function optionsOf(latest: Latest, width: number): uPlot.Options {
  const { lines, locale, valueText, unit } = latest.current
  const axis = { stroke: paint('muted'), font: AXIS_FONT, grid: { stroke: paint('line'), width: 1 }, ticks: { show: false }, border: { show: false } }
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    padding: [8, 8, 0, 0],
    cursor: {
      sync: { key: SYNC, setSeries: false },
      drag: { x: true, y: false, setScale: false },
      points: { size: 6 },
      focus: { prox: -1 },
    },
    scales: {
      x: { time: true, range: () => [latest.current.from / 1000, latest.current.to / 1000] },
      y: { range: (_, low, high) => heights(low, high, unit === 'percent') },
    },
    axes: [
      { ...axis, space: X_GAP, size: 26, values: (_, splits, __, ___, step) => axisTimes(splits, step, locale) },
      { ...axis, size: (_, values) => Math.max(34, ...(values ?? []).map((text) => text.length * 6.4 + 12)), values: (_, splits) => splits.map((value) => valueText(value)), space: 36 },
    ],
    series: [{}, ...lines.flatMap((line) => seriesOf(line.color, line.band))],
    bands: bandsOf(lines),
    hooks: {
      drawAxes: [(self) => shade(self, latest.current.shades)],
      setSelect: [(self) => select(self, latest)],
      setCursor: [(self) => latest.current.onPoint(self.cursor.idx ?? null)],
    },
  }
}

function seriesOf(color: number, band: boolean): uPlot.Series[] {
  const stroke = paint(`chart-${color}`)
  const edge: uPlot.Series = { width: 0, stroke: 'transparent', points: { show: false }, spanGaps: false }
  const line: uPlot.Series = {
    stroke,
    width: 1.5,
    spanGaps: false,
    points: { show: true, size: 4, width: 0, fill: stroke, filter: (self, index) => lonely(self.data[index] as (number | null)[]) },
  }
  return band ? [line, edge, edge] : [line]
}

/** Between a line's smallest and largest: paler than the line. */
function bandsOf(lines: ChartProps['lines']): uPlot.Band[] {
  const bands: uPlot.Band[] = []
  let at = 1
  for (const line of lines) {
    if (line.band) bands.push({ series: [at + 2, at + 1], fill: paint(`chart-${line.color}`) + BAND })
    at += line.band ? 3 : 1
  }
  return bands
}

/** From zero up, with air above; shares of a whole reach to the whole. */
function heights(low: number | null, high: number | null, share: boolean): [number, number] {
  const top = high ?? 1
  if (share && top <= 100) return [0, 100]
  const bottom = Math.min(0, low ?? 0)
  return [bottom, top > bottom ? top + (top - bottom) * 0.12 : bottom + 1]
}

/** When it was down, or nobody knew: behind the lines. */
function shade(self: uPlot, shades: ChartProps['shades']): void {
  const { ctx, bbox } = self
  ctx.save()
  for (const { from, to, state } of shades) {
    const left = Math.max(bbox.left, self.valToPos(from / 1000, 'x', true))
    const right = Math.min(bbox.left + bbox.width, self.valToPos(to / 1000, 'x', true))
    if (right < bbox.left || left > bbox.left + bbox.width) continue
    ctx.fillStyle = paint(state) + SHADE[state]
    ctx.fillRect(left, bbox.top, Math.max(1, right - left), bbox.height)
  }
  ctx.restore()
}

function select(self: uPlot, latest: Latest): void {
  const { left, width } = self.select
  if (width < LEAST_DRAG) return
  const from = self.posToVal(left, 'x') * 1000
  const to = self.posToVal(left + width, 'x') * 1000
  self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
  latest.current.onZoom(from, to)
}
