/** Numbers, sizes and durations in the person's locale. */

const cache = new Map<string, Intl.NumberFormat>()

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}|${JSON.stringify(options)}`
  let format = cache.get(key)
  if (!format) cache.set(key, (format = new Intl.NumberFormat(locale, options)))
  return format
}

export const formatNumber = (value: number, locale: string): string => numberFormat(locale, {}).format(value)

export const formatPercent = (fraction: number, locale: string): string =>
  numberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(fraction)

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

export function formatBytes(bytes: number, locale: string): string {
  const power = bytes > 0 ? Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(1000))) : 0
  const unit = BYTE_UNITS[power] ?? 'byte'
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: power > 1 ? 1 : 0 } as const
  return numberFormat(locale, options).format(bytes / 1000 ** power)
}

const DURATION_STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** A duration that is only estimated: one unit, rounded, never "1 min 46 sec". */
export function formatAbout(seconds: number, locale: string): string {
  const [unit, size] = seconds < 90 ? (['second', 1] as const) : seconds < 5_400 ? (['minute', 60] as const) : seconds < 129_600 ? (['hour', 3_600] as const) : (['day', 86_400] as const)
  const count = unit === 'second' ? Math.max(10, Math.round(seconds / 10) * 10) : Math.round(seconds / size)
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count)
}

/** The two largest units of a duration: "3 min 20 sec". */
export function formatDuration(seconds: number, locale: string): string {
  let rest = Math.max(0, Math.round(seconds))
  const parts: string[] = []
  for (const [unit, size] of DURATION_STEPS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0 || (unit === 'second' && parts.length === 0)) {
      parts.push(numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count))
    }
    if (parts.length === 2) break
  }
  return parts.join(' ')
}
