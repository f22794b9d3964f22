const DAY_S = 86_400
const cache = new Map<string, Intl.DateTimeFormat>()

function formatted(at: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale}|${JSON.stringify(options)}`
  let format = cache.get(key)
  if (!format) cache.set(key, (format = new Intl.DateTimeFormat(locale, options)))
  return format.format(new Date(at * 1000))
}

const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' }
const MONTH: Intl.DateTimeFormatOptions = { month: 'short', year: 'numeric' }

/** Words of the time axis: clock times within a day, the day where one begins, months over long ranges. */
export function axisTimes(splits: readonly number[], stepS: number, locale: string): string[] {
  if (stepS >= 28 * DAY_S) return splits.map((at) => formatted(at, locale, MONTH))
  if (stepS >= DAY_S) return splits.map((at) => formatted(at, locale, DAY))
  const clock = stepS < 60 ? { ...CLOCK, second: '2-digit' as const } : CLOCK
  return splits.map((at, index) => {
    const before = splits[index - 1]
    const newDay = before !== undefined && new Date(before * 1000).getDate() !== new Date(at * 1000).getDate()
    return formatted(at, locale, newDay ? DAY : clock)
  })
}

/** The moment under the crosshair, with its day. */
export const momentText = (at: number, locale: string): string => formatted(at, locale, { ...DAY, ...CLOCK, second: '2-digit' })
