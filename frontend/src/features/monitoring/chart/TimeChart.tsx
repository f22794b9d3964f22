import { lazy, Suspense, useCallback, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '@/i18n/use-locale'
import { useDark } from '@/lib/theme'
import type { Unit } from '@/lib/units'
import { Skeleton } from '@/ui/Skeleton'
import { useValueText } from '../words'
import { momentText } from './axis-times'
import { summary, type Column } from './shape'

const UPlotChart = lazy(() => import('./UPlotChart').then((file) => ({ default: file.UPlotChart })))

export type Shade = { from: number; to: number; state: 'down' | 'unknown' }
export type ChartLine = { key: string; name: string; column: Column }
/** What the chart's own file gets: columns in its order, and how to say a value. */
export type ChartProps = {
  data: (readonly (number | null)[])[]
  lines: { color: number; band: boolean }[]
  unit: Unit
  from: number
  to: number
  shades: readonly Shade[]
  locale: string
  dark: boolean
  valueText: (value: number) => string
  onZoom: (from: number, to: number) => void
  onPoint: (index: number | null) => void
}
type Props = {
  title: ReactNode
  /** What screen readers hear before the numbers. */
  name: string
  times: number[]
  lines: readonly ChartLine[]
  unit: Unit
  from: number
  to: number
  shades: readonly Shade[]
  onZoom: (from: number, to: number) => void
  /** In the corner: the resolution, a picker. */
  corner?: ReactNode
}

const COLORS = 6
const SWATCH = ['', 'bg-chart-1', 'bg-chart-2', 'bg-chart-3', 'bg-chart-4', 'bg-chart-5', 'bg-chart-6']
const colorOf = (index: number): number => (index % COLORS) + 1

/** One chart: lines with their names and values above them, drag to zoom, gaps as gaps. */
export function TimeChart({ title, name, times, lines, unit, from, to, shades, onZoom, corner }: Props) {
  const { t } = useTranslation('monitoring')
  const locale = useLocale()
  const dark = useDark()
  const valueText = useValueText()
  const [at, setAt] = useState<number | null>(null)
  const data = useMemo(() => [times, ...lines.flatMap(({ column }) => (column.low && column.high ? [column.mean, column.low, column.high] : [column.mean]))], [times, lines])
  const onPoint = useCallback((index: number | null) => setAt(index), [])
  const time = at === null ? undefined : times[at]
  const said = lines.map((line) => {
    const { last, low, high, mean } = summary(line.column)
    if (last === null || low === null || high === null || mean === null) return `${line.name}: ${t('chart.empty')}`
    return t('chart.said', { name: line.name, last: valueText(last, unit), low: valueText(low, unit), high: valueText(high, unit), mean: valueText(mean, unit) })
  })
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <figcaption className="flex min-h-7 flex-wrap items-center gap-x-3.5 gap-y-0.5 text-sm">
        <span className="font-semibold">{title}</span>
        {lines.map((line, index) => (
          <Readout key={line.key} color={colorOf(index)} line={line} single={lines.length === 1} at={at} unit={unit} />
        ))}
        <span className="ml-auto flex items-center gap-2 text-xs text-muted">{time === undefined ? corner : <span aria-hidden>{momentText(time, locale)}</span>}</span>
      </figcaption>
      <div role="img" aria-label={`${name}. ${said.join('. ')}`}>
        <Suspense fallback={<Skeleton className="h-42 w-full" />}>
          <UPlotChart
            data={data}
            lines={lines.map(({ column }, index) => ({ color: colorOf(index), band: Boolean(column.low && column.high) }))}
            unit={unit}
            from={from}
            to={to}
            shades={shades}
            locale={locale}
            dark={dark}
            valueText={(value) => valueText(value, unit)}
            onZoom={onZoom}
            onPoint={onPoint}
          />
        </Suspense>
      </div>
    </figure>
  )
}

/** A line's name and its value under the crosshair, else its last one, with the spread that it was averaged from. */
function Readout({ color, line, single, at, unit }: { color: number; line: ChartLine; single: boolean; at: number | null; unit: Unit }) {
  const valueText = useValueText()
  const { mean, low, high } = line.column
  const index = at ?? mean.findLastIndex((value) => value !== null)
  const value = mean[index] ?? null
  const [least, most] = [low?.[index] ?? null, high?.[index] ?? null]
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <span aria-hidden className={`h-0.75 w-3 shrink-0 rounded-full ${SWATCH[color] ?? ''}`} />
      {!single && <span className="max-w-40 truncate text-muted" title={line.name}>{line.name}</span>}
      <span className="whitespace-nowrap">{value === null ? '–' : valueText(value, unit)}</span>
      {at !== null && least !== null && most !== null && least !== most && (
        <span aria-hidden className="whitespace-nowrap text-xs text-muted">
          {valueText(least, unit)} – {valueText(most, unit)}
        </span>
      )}
    </span>
  )
}
