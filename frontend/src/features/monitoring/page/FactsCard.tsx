import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Monitor, Schedule } from '@/api/types'
import { TagChips } from '@/features/inventory/device-columns'
import { useFormat } from '@/i18n/use-format'
import { asUnit } from '@/lib/units'
import { Card } from '@/ui/Page'
import { Time } from '@/ui/Time'
import { NextRun, nextRun, Nothing } from '../cells'
import { scheduleOptions } from '../queries'
import { Check } from '../monitor-columns'
import { useOptionWords, useValueText } from '../words'

/** How and when it is asked. */
export function FactsCard({ monitor }: { monitor: Monitor }) {
  const { t } = useTranslation('monitoring')
  const format = useFormat()
  const valueText = useValueText()
  const schedule = useSchedule(monitor)
  const words = useOptionWords()
  const own = Object.entries(monitor.config)
  return (
    <Card title={t('facts.title')}>
      <dl className="flex flex-col gap-y-2 text-sm">
        <Line name={t('column.next')}>{schedule?.polling ? t('schedule.polling') : <NextRun at={schedule?.at ?? nextRun(monitor)} paused={!monitor.enabled} />}</Line>
        <Line name={t('column.interval')}>{format.duration(monitor.polling_interval)}</Line>
        <Line name={t('column.last_polled')}>
          <Time at={monitor.last_polled} />
        </Line>
        {schedule && schedule.late_s !== null && schedule.late_s > 0.05 && <Line name={t('schedule.late')}>{valueText(schedule.late_s, asUnit('seconds'))}</Line>}
        {schedule && schedule.skipped > 0 && (
          <Line name={t('schedule.skipped')} hint={t('schedule.skipped_hint')}>
            {format.number(schedule.skipped)}
          </Line>
        )}
        {schedule && schedule.missed > 0 && (
          <Line name={t('schedule.missed')} hint={t('schedule.missed_hint')}>
            {format.number(schedule.missed)}
          </Line>
        )}
        <Line name={t('column.type')}>
          <Check monitor={monitor} />
        </Line>
        {monitor.plugin_name !== monitor.type && <Line name={t('form.plugin')}>{monitor.plugin_name}</Line>}
        <Line name={t('column.credential')}>{monitor.credential_profile_name ?? <Nothing />}</Line>
        {own.map(([name, value]) => (
          <Line key={name} name={words.label(name)}>
            <span className="break-words">{value === null || value === '' ? '–' : typeof value === 'object' ? JSON.stringify(value) : typeof value === 'boolean' ? valueText(Number(value), 'bool') : words.choice(name, String(value))}</span>
          </Line>
        ))}
        <Line name={t('column.tags')}>
          <TagChips tags={monitor.tags} />
        </Line>
        <Line name={t('facts.created')}>
          <Time at={monitor.created_at} />
        </Line>
      </dl>
    </Card>
  )
}

function Line({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[8.5rem_1fr] gap-x-3" title={hint}>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}

/** The schedule with its moment on the clock: the server says "in so many seconds" as of its answer. */
function useSchedule(monitor: Monitor): (Schedule & { at: string | null }) | null {
  const { data, dataUpdatedAt, refetch } = useQuery({ ...scheduleOptions(monitor.id), enabled: monitor.enabled })
  const asked = useRef(monitor.checked_at)
  useEffect(() => {
    if (asked.current === monitor.checked_at) return
    asked.current = monitor.checked_at
    void refetch()
  }, [monitor.checked_at, refetch])
  if (!data) return null
  return { ...data, at: data.next_run_in_s === null ? null : new Date(dataUpdatedAt + data.next_run_in_s * 1000).toISOString() }
}
