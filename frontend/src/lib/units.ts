/** Measured values with their units, in the person's locale. The units are those of the server's catalogue. */

import { formatBytes, formatDuration } from './format'

export const UNITS = ['percent', 'bytes', 'bytes_per_second', 'milliseconds', 'seconds', 'days', 'count', 'bool', 'none'] as const
export type Unit = (typeof UNITS)[number]

export const asUnit = (text: string | null | undefined): Unit => UNITS.find((unit) => unit === text) ?? 'none'

const cache = new Map<string, Intl.NumberFormat>()

function format(value: number, locale: string, options: Intl.NumberFormatOptions): string {
  const key = `${locale}|${JSON.stringify(options)}`
  let found = cache.get(key)
  if (!found) cache.set(key, (found = new Intl.NumberFormat(locale, options)))
  return found.format(value)
}

/** Three digits say enough: 0.42, 4.2, 42, 420. */
const digits = (value: number): Intl.NumberFormatOptions => {
  const size = Math.abs(value)
  return { maximumFractionDigits: size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3 }
}

const withUnit = (value: number, unit: string, locale: string): string => format(value, locale, { style: 'unit', unit, unitDisplay: 'short', ...digits(value) })

function rate(value: number, locale: string): string {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const power = Math.min(steps.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value))) / 3)))
  return withUnit(value / 1000 ** power, `${steps[power] ?? 'byte'}-per-second`, locale)
}

/** A value as people read it: "42 %", "1.2 GB", "340 ms". Yes and no are words, which the caller has. */
export function formatValue(value: number, unit: Unit, locale: string): string {
  switch (unit) {
    case 'percent':
      return format(value / 100, locale, { style: 'percent', maximumFractionDigits: value !== 0 && Math.abs(value) < 10 ? 1 : 0 })
    case 'bytes':
      return formatBytes(value, locale)
    case 'bytes_per_second':
      return rate(value, locale)
    case 'milliseconds':
      return value >= 10_000 ? withUnit(value / 1000, 'second', locale) : withUnit(value, 'millisecond', locale)
    case 'seconds':
      return value < 60 ? withUnit(value, 'second', locale) : formatDuration(value, locale)
    case 'days':
      return withUnit(Math.round(value), 'day', locale)
    case 'count':
    case 'bool':
    case 'none':
      return format(value, locale, digits(value))
  }
}
