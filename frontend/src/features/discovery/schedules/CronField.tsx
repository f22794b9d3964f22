import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/use-format'
import { useLocale } from '@/i18n/use-locale'
import { isZone, nextRuns, parseCron, zones } from '@/lib/cron'
import { absoluteTime } from '@/lib/time'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { useCronText, weekdayName } from './use-cron-text'

type How = 'hourly' | 'daily' | 'weekdays' | 'weekly' | 'monthly' | 'custom'
const HOWS: readonly How[] = ['hourly', 'daily', 'weekdays', 'weekly', 'monthly', 'custom']
const SHOWN_RUNS = 5

type Simple = { how: How; minute: string; hour: string; day: string; weekday: string }

/** The simple form behind an expression; `custom` for one that has none. */
export function simpleOf(cron: string): Simple {
  const parts = cron.trim().split(/\s+/)
  const [minute = '0', hour = '2', day = '*', month = '*', weekday = '*'] = parts
  const base = { minute: /^\d+$/.test(minute) ? minute : '0', hour: /^\d+$/.test(hour) ? hour : '2', day: /^\d+$/.test(day) ? day : '1', weekday: /^[0-6]$/.test(weekday) ? weekday : '0' }
  const plain = parts.length === 5 && /^\d+$/.test(minute) && month === '*'
  if (plain && hour === '*' && day === '*' && weekday === '*') return { ...base, how: 'hourly' }
  if (!plain || !/^\d+$/.test(hour)) return { ...base, how: 'custom' }
  if (day === '*' && weekday === '*') return { ...base, how: 'daily' }
  if (day === '*' && weekday === '1-5') return { ...base, how: 'weekdays' }
  if (day === '*' && /^[0-6]$/.test(weekday)) return { ...base, how: 'weekly' }
  if (/^\d+$/.test(day) && weekday === '*') return { ...base, how: 'monthly' }
  return { ...base, how: 'custom' }
}

const cronOf = ({ how, minute, hour, day, weekday }: Simple): string =>
  ({ hourly: `${minute} * * * *`, daily: `${minute} ${hour} * * *`, weekdays: `${minute} ${hour} * * 1-5`, weekly: `${minute} ${hour} * * ${weekday}`, monthly: `${minute} ${hour} ${day} * *`, custom: '' })[how]

type Props = { cron: string; zone: string; custom: boolean; onChange: (change: { cron?: string; zone?: string; custom?: boolean }) => void; error?: string | undefined; zoneError?: string | undefined }

/** When something repeats: chosen, or written as cron; said in words, with the next five times. */
export function CronField({ cron, zone, custom, onChange, error, zoneError }: Props) {
  const { t } = useTranslation('schedules')
  const locale = useLocale()
  const simple = simpleOf(cron)
  const how: How = custom ? 'custom' : simple.how
  const set = (change: Partial<Simple>) => onChange({ cron: cronOf({ ...simple, ...change }) })
  const choose = (next: How) => onChange(next === 'custom' ? { custom: true } : { custom: false, cron: cronOf({ ...simple, how: next }) })
  const time = `${simple.hour.padStart(2, '0')}:${simple.minute.padStart(2, '0')}`
  const wrong = parseCron(cron) ? undefined : t('form.cron_wrong')
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('form.how')}>
          <Select options={HOWS.map((value) => ({ value, label: t(`form.hows.${value}`) }))} value={how} onChange={(event) => choose(event.target.value as How)} />
        </Field>
        {how === 'custom' ? (
          <Field label={t('form.cron')} hint={t('form.cron_hint')} error={error ?? wrong}>
            <Input mono value={cron} onChange={(event) => onChange({ cron: event.target.value })} />
          </Field>
        ) : how === 'hourly' ? (
          <Field label={t('form.minute')} error={error}>
            <Input type="number" inputMode="numeric" min={0} max={59} value={simple.minute} onChange={(event) => set({ minute: String(Math.min(59, Math.max(0, Number(event.target.value)))) })} />
          </Field>
        ) : (
          <Field label={t('form.time')} error={error}>
            <Input type="time" value={time} onChange={(event) => event.target.value && set({ hour: String(Number(event.target.value.slice(0, 2))), minute: String(Number(event.target.value.slice(3, 5))) })} />
          </Field>
        )}
        {how === 'weekly' && (
          <Field label={t('form.weekday')}>
            <Select options={[1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: String(day), label: weekdayName(day, locale) }))} value={simple.weekday} onChange={(event) => set({ weekday: event.target.value })} />
          </Field>
        )}
        {how === 'monthly' && (
          <Field label={t('form.day')}>
            <Input type="number" inputMode="numeric" min={1} max={31} value={simple.day} onChange={(event) => set({ day: String(Math.min(31, Math.max(1, Number(event.target.value)))) })} />
          </Field>
        )}
        <Field label={t('form.zone')} error={zoneError ?? (isZone(zone) ? undefined : t('form.zone_wrong'))} className={how === 'weekly' || how === 'monthly' ? '' : 'sm:col-span-2'}>
          <Select options={[...new Set([zone, ...zones()])].map((value) => ({ value, label: value.replaceAll('_', ' ') }))} value={zone} onChange={(event) => onChange({ zone: event.target.value })} />
        </Field>
      </div>
      <NextRuns cron={cron} zone={zone} />
    </div>
  )
}

function NextRuns({ cron, zone }: { cron: string; zone: string }) {
  const { t } = useTranslation('schedules')
  const locale = useLocale()
  const format = useFormat()
  const words = useCronText()
  if (!parseCron(cron)) return null
  const runs = nextRuns(cron, zone, SHOWN_RUNS)
  return (
    <div role="status" className="rounded-md bg-sunken/70 px-3 py-2.5 text-sm">
      <p className="font-medium">{words(cron)}</p>
      {runs.length === 0 ? (
        <p className="text-muted">{t('form.never')}</p>
      ) : (
        <>
          <p className="mt-1 text-xs text-muted">{t('form.next', { count: runs.length })}</p>
          <ol className="mt-0.5 flex flex-col gap-0.5">
            {runs.map((at) => (
              <li key={at} className="flex justify-between gap-3">
                <span>{absoluteTime(new Date(at).toISOString(), locale, zone)}</span>
                <span className="shrink-0 text-muted">{format.relative(new Date(at).toISOString())}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  )
}
