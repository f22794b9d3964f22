/** Five-field cron expressions: what they mean, and when they come next in a time zone. The server decides; this only shows. */

export type Cron = { minutes: number[]; hours: number[]; days: number[]; months: number[]; weekdays: number[]; anyDay: boolean; anyWeekday: boolean }

const FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const
const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function number(text: string, field: number): number | null {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const names = field === 4 ? NAMES : field === 3 ? MONTHS : []
  const at = names.indexOf(text.toLowerCase())
  return at < 0 ? null : field === 3 ? at + 1 : at
}

function values(text: string, field: number): number[] | null {
  const [least, most] = FIELDS[field] ?? [0, 0]
  const found = new Set<number>()
  for (const part of text.split(',')) {
    const [range = '', stepText] = part.split('/')
    const step = stepText === undefined ? 1 : Number(stepText)
    const [low, high] = range === '*' ? [String(least), String(field === 4 ? 6 : most)] : [range.split('-')[0] ?? '', range.split('-')[1]]
    const first = number(low, field)
    const last = high === undefined ? (stepText === undefined ? first : most) : number(high, field)
    if (first === null || last === null || !Number.isInteger(step) || step < 1 || first < least || last > most || first > last) return null
    for (let value = first; value <= last; value += step) found.add(field === 4 ? value % 7 : value)
  }
  return [...found].sort((a, b) => a - b)
}

/** The expression's values, or null for one that is none. */
export function parseCron(text: string): Cron | null {
  const parts = text.trim().split(/\s+/)
  if (parts.length !== 5) return null
  const [minutes, hours, days, months, weekdays] = parts.map((part, field) => values(part, field))
  if (!minutes || !hours || !days || !months || !weekdays) return null
  return { minutes, hours, days, months, weekdays, anyDay: parts[2]?.startsWith('*') ?? false, anyWeekday: parts[4]?.startsWith('*') ?? false }
}

/** Where both the day of the month and the weekday are given, either will do (POSIX). */
function fits(cron: Cron, day: Date): boolean {
  if (!cron.months.includes(day.getUTCMonth() + 1)) return false
  const inMonth = cron.days.includes(day.getUTCDate())
  const inWeek = cron.weekdays.includes(day.getUTCDay())
  return cron.anyDay || cron.anyWeekday ? inMonth && inWeek : inMonth || inWeek
}

const wallClocks = new Map<string, Intl.DateTimeFormat>()

/** What a clock in the zone shows, as if it were UTC. */
function wall(at: number, zone: string): number {
  let format = wallClocks.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
    wallClocks.set(zone, format)
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second'])
}

/** The moment at which a clock in the zone shows this; null where it never does (the hour that spring takes). */
function momentOf(shown: number, zone: string): number | null {
  for (const guess of [shown - (wall(shown, zone) - shown), shown - (wall(shown - 7_200_000, zone) - (shown - 7_200_000))]) if (wall(guess, zone) === shown) return guess
  return null
}

const DAY_MS = 86_400_000
const MOST_DAYS = 800

/** The next `count` times after `from`, in milliseconds. */
export function nextRuns(text: string, zone: string, count: number, from: number = Date.now()): number[] {
  const cron = parseCron(text)
  if (!cron || !isZone(zone)) return []
  const found: number[] = []
  const today = Math.floor(wall(from, zone) / DAY_MS) * DAY_MS
  for (let day = 0; day < MOST_DAYS && found.length < count; day++) {
    const midnight = today + day * DAY_MS
    if (!fits(cron, new Date(midnight))) continue
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        const at = momentOf(midnight + (hour * 60 + minute) * 60_000, zone)
        if (at !== null && at > from && found.length < count) found.push(at)
      }
    }
  }
  return found
}

export function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** The zones that the browser knows, UTC first. */
export const zones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
