import { useMemo } from 'react'
import { formatAbout, formatBytes, formatDuration, formatNumber, formatPercent } from '@/lib/format'
import { absoluteTime, momentTime, relativeTime } from '@/lib/time'
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
      about: (seconds: number) => formatAbout(seconds, locale),
      moment: (iso: string) => momentTime(iso, locale),
      relative: (iso: string) => relativeTime(iso, locale),
      absolute: (iso: string) => absoluteTime(iso, locale),
    }),
    [locale],
  )
}
