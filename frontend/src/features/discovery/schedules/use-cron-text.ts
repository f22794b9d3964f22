import { useTranslation } from 'react-i18next'
import { useLocale } from '@/i18n/use-locale'
import { parseCron, type Cron } from '@/lib/cron'

const SUNDAY = Date.UTC(2026, 0, 4)
const DAY_MS = 86_400_000

/** The name of a weekday, 0 is Sunday. */
export function weekdayName(weekday: number, locale: string, style: 'long' | 'short' = 'long'): string {
  return new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(SUNDAY + weekday * DAY_MS)
}

const timeText = (hour: number, minute: number, locale: string) =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 1, hour, minute))

/** What a cron expression says, as a person would. */
export function useCronText(): (text: string) => string {
  const { t } = useTranslation('schedules')
  const locale = useLocale()
  const list = (words: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(words)
  const when = (cron: Cron, text: string): string => {
    const [minutes = '', hours = ''] = text.trim().split(/\s+/)
    if (hours === '*' && minutes.startsWith('*/')) return t('cron.minutes', { count: Number(minutes.slice(2)) })
    if (hours === '*' && minutes === '*') return t('cron.minutes', { count: 1 })
    if (hours === '*' && cron.minutes.length === 1) return t('cron.hourly', { minute: String(cron.minutes[0]).padStart(2, '0') })
    const times = cron.hours.flatMap((hour) => cron.minutes.map((minute) => timeText(hour, minute, locale)))
    if (times.length <= 4) return t('cron.at', { times: list(times) })
    const between = { from: timeText(cron.hours[0] ?? 0, cron.minutes[0] ?? 0, locale), to: timeText(cron.hours.at(-1) ?? 0, cron.minutes.at(-1) ?? 0, locale), count: times.length }
    return t('cron.between', between)
  }
  const days = (cron: Cron): string => {
    const { weekdays } = cron
    const month = cron.anyDay ? null : t('cron.month_days', { days: list(cron.days.map(String)) })
    if (cron.anyWeekday) return month ?? t('cron.every_day')
    const run = weekdays.length > 2 && weekdays.every((day, index) => index === 0 || day === (weekdays[index - 1] ?? 0) + 1)
    const week = run ? t('cron.from_to', { from: weekdayName(weekdays[0] ?? 0, locale), to: weekdayName(weekdays.at(-1) ?? 0, locale) }) : list(weekdays.map((day) => weekdayName(day, locale)))
    return month ? t('cron.either', { a: month, b: week }) : week
  }
  return (text) => {
    const cron = parseCron(text)
    if (!cron) return text
    const months = cron.months.length < 12 ? ` (${list(cron.months.map((month) => new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month - 1, 15))))})` : ''
    const said = `${days(cron)}, ${when(cron, text)}${months}`
    return said.charAt(0).toLocaleUpperCase(locale) + said.slice(1)
  }
}
