import { useQueries, useQuery } from '@tanstack/react-query'
import { ChartLine as ChartIcon, ListFilter } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { MetricsHistory, Monitor } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { asText, useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Popover } from '@/ui/Popover'
import { Skeleton } from '@/ui/Skeleton'
import { toPiece, type Range } from '../page/range'
import { useMeasures, useMetricUnit } from '../units'
import { useMetricName, usePhaseName } from '../words'
import { groupsOf, MOST_LINES, seriesKey, seriesName, shownSeries, type Group } from './groups'
import { historyOptions, latestOptions, seriesHistoryOptions, seriesOptions } from './history'
import { join, shape, type Row } from './shape'
import { TimeChart, type ChartLine, type Shade } from './TimeChart'

type Props = { monitor: Pick<Monitor, 'id' | 'type' | 'last_polled'>; range: Range; shades: readonly Shade[] }
type OneProps<G> = Omit<Props, 'monitor'> & { monitorId: number; group: G; name: string; onZoom: (from: number, to: number) => void }

/** A chart for each group of measures, all over the same range and with one crosshair. */
export function MonitorCharts({ monitor, range, shades }: Props) {
  const { t } = useTranslation('monitoring')
  const [, setSearch] = useSearchState()
  const unitOf = useMetricUnit()
  const measures = useMeasures(monitor.type)
  const latest = useQuery(latestOptions(monitor.id))
  const series = useQuery(seriesOptions(monitor.id))
  const groupName = useGroupName()
  if (latest.error) return <div className="card"><ErrorState compact text={errorText(latest.error)} onRetry={() => void latest.refetch()} /></div>
  if (!latest.data || !series.data) return <Skeletons />
  const values = latest.data as Record<string, unknown>
  // One that is down has no value now, and had some before: then its collector says what to draw.
  const groups = groupsOf((name) => typeof values[name] === 'number' || (monitor.last_polled !== null && measures(name)), series.data.items, unitOf)
  if (groups.length === 0) {
    return (
      <div className="card">
        <EmptyState compact icon={<ChartIcon />} title={t('chart.none')}>
          {t('chart.none_text')}
        </EmptyState>
      </div>
    )
  }
  const onZoom = (from: number, to: number) => setSearch(toPiece(from, to))
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {groups.map((group, index) => {
        const props = { monitorId: monitor.id, range, shades, onZoom, name: groupName(group) }
        return (
          <div key={group.id} className={`card min-w-0 px-4 pt-2.5 pb-1.5 ${groups.length % 2 === 1 && index === 0 ? 'lg:col-span-2' : ''}`}>
            {group.of === 'row' ? <RowChart group={group} {...props} /> : <SeriesChart group={group} {...props} />}
          </div>
        )
      })}
    </div>
  )
}

const Skeletons = () => (
  <div aria-busy className="grid gap-4 lg:grid-cols-2">
    {[0, 1].map((index) => (
      <div key={index} className="card p-4">
        <Skeleton className="h-48 w-full" />
      </div>
    ))}
  </div>
)

function useGroupName(): (group: Group) => string {
  const { t } = useTranslation('monitoring')
  const metricName = useMetricName()
  return (group) => (group.of === 'row' ? t(`group.${group.id as 'latency'}`) : metricName(group.name))
}

/** "5-minute means": how fine the chart is; nothing while it shows every poll. */
function useResolution(): (history: Pick<MetricsHistory, 'resolution' | 'step_s' | 'data'> | undefined) => string {
  const { t } = useTranslation('monitoring')
  const format = useFormat()
  return (history) => {
    if (!history) return ''
    const averaged = history.data.some((row) => (row.count ?? 1) > 1)
    return averaged ? t('chart.means', { step: format.duration(history.step_s) }) : t('chart.every')
  }
}

function RowChart({ monitorId, group, name, range, shades, onZoom }: OneProps<Extract<Group, { of: 'row' }>>) {
  const metricName = useMetricName()
  const resolution = useResolution()
  const { data, error, refetch } = useQuery(historyOptions(monitorId, group.metrics, range))
  const shaped = useMemo(() => shape((data?.data ?? []) as unknown as Row[], group.metrics, data?.step_s ?? 0), [data, group.metrics])
  const lines = useMemo(() => group.metrics.map((metric): ChartLine => ({ key: metric, name: metricName(metric), column: shaped.columns[metric] ?? { mean: [], low: null, high: null } })), [shaped, group.metrics, metricName])
  if (error && !data) return <ErrorState compact text={errorText(error)} onRetry={() => void refetch()} />
  return <TimeChart title={name} name={name} times={shaped.times} lines={lines} unit={group.unit} from={range.from} to={range.to} shades={shades} onZoom={onZoom} corner={resolution(data)} />
}

function SeriesChart({ monitorId, group, name, range, shades, onZoom }: OneProps<Extract<Group, { of: 'series' }>>) {
  const [search] = useSearchState()
  const resolution = useResolution()
  const phaseName = usePhaseName()
  const shown = shownSeries(group.series, pickedOf(asText(search[group.id])))
  const answers = useQueries({ queries: shown.map((series) => seriesHistoryOptions(monitorId, series, range)) })
  const parts = answers.map((answer) => {
    const { times, columns } = shape((answer.data?.data ?? []).map((row) => ({ ...row, value_min: row.value_min ?? null, value_max: row.value_max ?? null })) as unknown as Row[], ['value'], answer.data?.step_s ?? 0)
    return { times, column: columns['value'] ?? { mean: [], low: null, high: null } }
  })
  const whole = join(parts)
  // Bands of several lines would lie on each other; a single line has one.
  const lines = shown.map((series, index): ChartLine => {
    const column = whole.columns[index] ?? { mean: [], low: null, high: null }
    const label = series.labels['phase'] ? phaseName(series.labels['phase']) : seriesName(series) || name
    return { key: seriesKey(series), name: label, column: shown.length > 1 ? { ...column, low: null, high: null } : column }
  })
  const failed = answers.find((answer) => answer.error && !answer.data)
  if (failed) return <ErrorState compact text={errorText(failed.error)} onRetry={() => void failed.refetch()} />
  const corner = (
    <>
      {resolution(answers[0]?.data as never)}
      {group.series.length > 1 && <SeriesPicker group={group} shown={shown.map(seriesKey)} name={name} />}
    </>
  )
  return <TimeChart title={name} name={name} times={whole.times} lines={lines} unit={group.unit} from={range.from} to={range.to} shades={shades} onZoom={onZoom} corner={corner} />
}

/** What the URL holds of a picker: a JSON list of labels. */
function pickedOf(text: string | undefined): string[] | null {
  try {
    const found: unknown = JSON.parse(text ?? 'null')
    return Array.isArray(found) ? found.map((labels) => JSON.stringify(labels)) : null
  } catch {
    return null
  }
}

function SeriesPicker({ group, shown, name }: { group: Extract<Group, { of: 'series' }>; shown: readonly string[]; name: string }) {
  const { t } = useTranslation('monitoring')
  const phaseName = usePhaseName()
  const [, setSearch] = useSearchState()
  const full = shown.length >= MOST_LINES
  const toggle = (key: string) => {
    const next = shown.includes(key) ? shown.filter((other) => other !== key) : [...shown, key]
    setSearch({ [group.id]: next.length === 0 ? undefined : `[${next.join()}]` })
  }
  return (
    <Popover
      align="end"
      label={t('chart.pick', { name })}
      trigger={
        <Button size="sm" variant="ghost" icon={<ListFilter />}>
          {t('chart.picked', { shown: shown.length, total: group.series.length })}
          <span className="sr-only">{t('chart.pick', { name })}</span>
        </Button>
      }
    >
      <ul className="flex max-h-72 w-64 flex-col gap-2 overflow-y-auto">
        {group.series.map((series) => {
          const key = seriesKey(series)
          const on = shown.includes(key)
          const label = series.labels['phase'] ? phaseName(series.labels['phase']) : seriesName(series)
          return (
            <li key={key}>
              <Checkbox checked={on} disabled={(!on && full) || (on && shown.length === 1)} onChange={() => toggle(key)} label={label} />
            </li>
          )
        })}
      </ul>
      {full && <p className="mt-2 text-xs text-muted">{t('chart.most', { count: MOST_LINES })}</p>}
    </Popover>
  )
}
