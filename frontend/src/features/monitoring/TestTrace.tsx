import { Check, CircleAlert, LoaderCircle, X } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { CheckPhase, CheckTried, Recheck } from '@/api/types'
import { cx } from '@/lib/cx'
import { useNow } from '@/lib/use-now'
import { Notice } from '@/ui/Notice'
import { StateMark } from '@/ui/StateMark'
import type { Tracing } from './trace'
import { useMetricUnit } from './units'
import { useMetricName, usePhaseName, useReasonText, useValueText } from './words'

/** One test in front of the person's eyes: each phase as it ends, how long the present one has taken, and what came of it. */
export function TestTrace({ tracing }: { tracing: Tracing }) {
  const { t } = useTranslation('monitoring')
  const place = useRef<HTMLElement>(null)
  const { running } = tracing
  // It may lie below the edge of a dialog: what was asked for is shown, at its beginning and at its end.
  useEffect(() => {
    void place.current?.scrollIntoView({ block: 'nearest' })
  }, [running])
  if (tracing.error) return <Notice tone="down">{errorText(tracing.error)}</Notice>
  const { result } = tracing
  return (
    <section ref={place} aria-label={t('test.label')} aria-busy={tracing.running} className="flex flex-col gap-3 rounded-md border bg-sunken/50 px-3.5 py-3">
      <div role="status">{result ? <Outcome result={result} /> : <span className="text-muted">{t('test.running')}</span>}</div>
      <Phases phases={tracing.phases} doing={tracing.doing} began={tracing.began} failed={result?.failure ? result.phase : null} />
      {result?.recheck && <RecheckLine recheck={result.recheck} />}
      {result && <Brought result={result} />}
    </section>
  )
}

function Outcome({ result }: { result: CheckTried }) {
  const { t } = useTranslation('monitoring')
  const reasonText = useReasonText()
  return (
    <div className="flex min-w-0 items-baseline gap-2.5">
      <span className="shrink-0 font-medium">
        <StateMark state={result.up ? 'up' : 'down'} label={t(result.up ? 'test.answered' : 'test.failed')} />
      </span>
      {result.failure && <span className="min-w-0 break-words">{reasonText(result.failure)}</span>}
    </div>
  )
}

type PhasesProps = { phases: readonly CheckPhase[]; doing?: string | null; began?: number; failed: string | null }

/** The phases of a check with bars as long as they took. */
export function Phases({ phases, doing = null, began = 0, failed }: PhasesProps) {
  const name = usePhaseName()
  const valueText = useValueText()
  const whole = phases.reduce((sum, phase) => sum + phase.ms, 0)
  if (phases.length === 0 && !doing) return null
  return (
    <ol className="flex flex-col gap-1 text-sm">
      {phases.map((phase, index) => {
        const died = failed !== null && phase.name === failed && index === phases.length - 1
        return (
          <PhaseRow key={`${phase.name}${index}`} icon={died ? <X className="text-down" /> : <Check className="text-up" />} name={name(phase.name)} detail={phase.detail} time={valueText(phase.ms, 'milliseconds')}>
            <span className={cx('block h-full min-w-px rounded-full', died ? 'bg-down/70' : 'bg-chart-1/70')} style={{ width: `${whole > 0 ? (phase.ms / whole) * 100 : 0}%` }} />
          </PhaseRow>
        )
      })}
      {doing && <Doing name={name(doing)} began={began} done={whole} />}
    </ol>
  )
}

function PhaseRow({ icon, name, detail, time, children }: { icon: ReactNode; name: string; detail?: string; time: string; children?: ReactNode }) {
  return (
    <li className="grid grid-cols-[1rem_minmax(6rem,9rem)_1fr_auto] items-center gap-x-2.5">
      <span aria-hidden className="[&_svg]:size-4">
        {icon}
      </span>
      <span className="truncate" title={detail || undefined}>
        {name}
      </span>
      <span aria-hidden className="h-1.5 min-w-0 overflow-hidden rounded-full bg-line/60">
        {children}
      </span>
      <span className="text-right whitespace-nowrap text-muted">{time}</span>
    </li>
  )
}

/** What it waits for now, with its clock running. */
function Doing({ name, began, done }: { name: string; began: number; done: number }) {
  const now = useNow(100)
  const valueText = useValueText()
  return <PhaseRow icon={<LoaderCircle className="animate-spin text-accent-text" />} name={name} time={valueText(Math.max(0, Math.round((now - began - done) / 100) * 100), 'milliseconds')} />
}

/** What a second method said, so that nobody takes one closed port for a dead host. */
export function RecheckLine({ recheck }: { recheck: Recheck }) {
  const { t } = useTranslation('monitoring')
  const Icon = recheck.answered ? Check : CircleAlert
  return (
    <p className="flex items-start gap-2.5 text-sm text-muted">
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', recheck.answered ? 'text-up' : 'text-down')} />
      <span>{t(recheck.answered ? 'recheck.answered' : 'recheck.silent', { method: recheck.method.toUpperCase() })}</span>
    </p>
  )
}

/** Values and facts that the test brought. */
function Brought({ result }: { result: CheckTried }) {
  const { t } = useTranslation('monitoring')
  const metricName = useMetricName()
  const unitOf = useMetricUnit()
  const valueText = useValueText()
  const values = Object.entries(result.values).flatMap(([name, value]) => (value === null ? [] : [[metricName(name), valueText(value, unitOf(name))] as const]))
  const facts = Object.entries(result.facts).map(([name, value]) => [metricName(name), value] as const)
  if (values.length + facts.length + result.samples === 0) return null
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-t pt-2.5 text-sm">
      {[...values, ...facts, ...(result.samples > 0 ? [[t('test.samples'), String(result.samples)] as const] : [])].map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
