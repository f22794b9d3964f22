/** Relative and absolute times. The API speaks ISO 8601 in UTC; people read their own zone. */

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** "4 min ago", "in 2 h". Under ten seconds it is "now", so that a list does not tick. */
export function relativeTime(iso: string, locale: string, now: number = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  if (Math.abs(seconds) < 10) return format.format(0, 'second')
  for (const [unit, size] of STEPS) {
    // What is to come is rounded: a token made for 90 days does not end "in 2 months".
    if (Math.abs(seconds) >= size) return format.format(seconds > 0 ? Math.round(seconds / size) : Math.trunc(seconds / size), unit)
  }
  return format.format(Math.trunc(seconds), 'second')
}

/** Date and time to the second, for a log: which of two came first must be seen. */
export function momentTime(iso: string, locale: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium', ...(timeZone ? { timeZone } : {}) }).format(new Date(iso))
}

/** Date, time and zone, as a hover shows them. */
export function absoluteTime(iso: string, locale: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'long',
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(iso))
}

/** How long until the relative text of `iso` may read differently, in milliseconds. */
export function nextChange(iso: string, now: number = Date.now()): number {
  const age = Math.abs(now - Date.parse(iso)) / 1000
  if (age < 60) return 10_000
  return age < 3_600 ? 30_000 : 600_000
}

/** "in 12 sec", down to the second: for what is waited for. Null when its time has come. */
export function countdown(iso: string, locale: string, now: number = Date.now()): string | null {
  const seconds = Math.ceil((Date.parse(iso) - now) / 1000)
  if (seconds <= 0) return null
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' })
  if (seconds < 120) return format.format(seconds, 'second')
  return seconds < 7_200 ? format.format(Math.round(seconds / 60), 'minute') : format.format(Math.round(seconds / 3_600), 'hour')
}
