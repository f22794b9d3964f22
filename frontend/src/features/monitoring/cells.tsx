import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Monitor } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { useLocale } from '@/i18n/use-locale'
import { cx } from '@/lib/cx'
import { paths } from '@/lib/paths'
import { countdown } from '@/lib/time'
import { asUnit } from '@/lib/units'
import { useNow } from '@/lib/use-now'
import { StateMark } from '@/ui/StateMark'
import { Tooltip } from '@/ui/Tooltip'
import { useLive } from './live'
import type { SparkLine } from './sparklines'
import { Sparkline } from './Sparkline'
import { useReasonText, useValueText } from './words'

export const Nothing = () => <span className="text-muted">–</span>

/** Colour, shape and word. */
export function MonitorState({ monitor, compact = false }: { monitor: Pick<Monitor, 'state'>; compact?: boolean }) {
  return <StateMark state={monitor.state} compact={compact} />
}

export function MonitorName({ monitor }: { monitor: Monitor }) {
  return (
    <Link to={paths.monitor(monitor.id)} title={monitor.name} className="block min-w-0 truncate font-medium hover:text-accent-text">
      {monitor.name}
    </Link>
  )
}

/** When it is asked next, to the second. The poller keeps each monitor's own beat: last turn plus interval. */
export function nextRun(monitor: Pick<Monitor, 'enabled' | 'checked_at' | 'last_attempted' | 'polling_interval'>): string | null {
  const last = Math.max(Date.parse(monitor.checked_at ?? '') || 0, Date.parse(monitor.last_attempted ?? '') || 0)
  if (!monitor.enabled || last === 0) return null
  return new Date(last + monitor.polling_interval * 1000).toISOString()
}

export function NextRun({ at, paused }: { at: string | null; paused: boolean }) {
  const { t } = useTranslation('monitoring')
  const locale = useLocale()
  const now = useNow(1_000)
  if (paused) return <Nothing />
  const text = at && countdown(at, locale, now)
  return <span className={cx('whitespace-nowrap', !text && 'text-muted')}>{text ?? t('next.now')}</span>
}

/** The last value with its unit: what the line beside it shows, else how long the answer took. Not stored yet: a little paler. */
export function LastValue({ monitor, line, quiet = false }: { monitor: Monitor; line: SparkLine | undefined; quiet?: boolean }) {
  const { t } = useTranslation('monitoring')
  const valueText = useValueText()
  const live = useLive(monitor.id)
  const value = lastValue(monitor, line, live?.values)
  if (!value) return quiet ? null : <Nothing />
  const provisional = live?.provisional === true
  return (
    <span className={cx('whitespace-nowrap transition-opacity duration-150', provisional && 'opacity-70')} title={provisional ? t('provisional') : undefined}>
      {valueText(value.value, value.unit)}
    </span>
  )
}

export function lastValue(monitor: Monitor, line: SparkLine | undefined, heard: Record<string, number | null> | undefined) {
  if (monitor.state === 'down' || monitor.state === 'paused') return null
  const metric = line?.metric ?? 'latency_ms'
  const unit = line ? asUnit(line.unit) : 'milliseconds'
  const value = heard?.[metric] ?? (metric === 'latency_ms' ? monitor.latency_ms : null) ?? line?.points.findLast(([, point]) => point !== null)?.[1]
  return value === null || value === undefined ? null : { value, unit, metric }
}

export const hasTrend = (line: SparkLine | undefined): line is SparkLine => line?.points.some(([, value]) => value !== null) ?? false

export const Trend = ({ line }: { line: SparkLine | undefined }) => (hasTrend(line) ? <Sparkline points={line.points} /> : <Nothing />)

/** Why it is as it is, in words: the state's own reason, or the failure that did not turn it yet. */
export function WhyText({ monitor }: { monitor: Monitor }) {
  const { t } = useTranslation('monitoring')
  const reasonText = useReasonText()
  const why = monitor.reason ?? (monitor.failures > 0 ? monitor.last_failure : null)
  const text = why ? reasonText(why) : monitor.failures > 0 ? monitor.last_error : null
  if (!text) return <Nothing />
  const unsure = monitor.state === 'up'
  return (
    <span title={text} className={cx(monitor.state === 'down' && 'text-down', unsure && 'text-degraded')}>
      {unsure ? t('why.unconfirmed', { count: monitor.failures, text }) : text}
    </span>
  )
}

/** For how long it has lasted, with the moment of its beginning on hover. */
export function Lasting({ at }: { at: string }) {
  const format = useFormat()
  const now = useNow(5_000)
  return (
    <Tooltip text={format.absolute(at)}>
      <time dateTime={at} className="whitespace-nowrap">
        {format.duration(Math.max(0, now - Date.parse(at)) / 1000)}
      </time>
    </Tooltip>
  )
}

export function Interval({ seconds }: { seconds: number }) {
  return <span className="whitespace-nowrap">{useFormat().duration(seconds)}</span>
}
