import { useMemo } from 'react'
import { formatBytes, formatDuration, formatNumber, formatPercent } from '@/lib/format'
import { absoluteTime, relativeTime } from '@/lib/time'
import { useLocale } from './use-locale'

/** The formatters of lib/, bound to the person's locale. */
export function useFormat() {
  const locale = useLocale()
  return useMemo(
    () => ({
      number: (value: number) => formatNumber(value, locale),
      percent: (fraction: number) => formatPercent(fraction, locale),
      bytes: (bytes: number) => formatBytes(bytes, locale),
      duration: (seconds: number) => formatDuration(seconds, locale),
      relative: (iso: string) => relativeTime(iso, locale),
      absolute: (iso: string) => absoluteTime(iso, locale),
    }),
    [locale],
  )
}
