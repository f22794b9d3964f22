import { useTranslation } from 'react-i18next'
import type { Scan } from '@/api/types'

export const ALIVE: ReadonlySet<Scan['status']> = new Set(['queued', 'running', 'pausing', 'stopping'])
export const PROFILES = ['sweep', 'sample', 'quick', 'standard', 'full', 'custom'] as const
export const STATUSES = ['queued', 'running', 'pausing', 'paused', 'stopping', 'completed', 'partial', 'stopped', 'failed', 'interrupted'] as const

type Said = { code: string; params?: Record<string, unknown>; text: string }

/** What a scan or chunk says, in the person's language; the server's English sentence where a code is new to us. */
export function useMessageText(): (message: Said) => string {
  const { t, i18n } = useTranslation('discovery')
  return ({ code, params, text }) => {
    if (!i18n.exists(`discovery:message.${code}`)) return text
    return String(t(`message.${code}` as 'message.success', { ...params, cause: causeText(params?.['cause']) } as never))
  }
  function causeText(cause: unknown): string {
    if (typeof cause !== 'string') return ''
    return i18n.exists(`discovery:cause.${cause}`) ? String(t(`cause.${cause}` as 'cause.unknown')) : cause
  }
}

export function useProfileName(): (profile: string) => string {
  const { t, i18n } = useTranslation('discovery')
  return (profile) => (i18n.exists(`discovery:profile.${profile}.name`) ? String(t(`profile.${profile}.name` as 'profile.quick.name')) : profile)
}

/** What a profile does, in a sentence; nothing for one that is new to us. */
export function useProfileText(): (profile: string) => string | undefined {
  const { t, i18n } = useTranslation('discovery')
  return (profile) => (i18n.exists(`discovery:profile.${profile}.text`) ? String(t(`profile.${profile}.text` as 'profile.quick.text')) : undefined)
}

/** What a person calls the scan: its name, else what it scans. */
export const scanTitle = (scan: Pick<Scan, 'name' | 'targets'>): string => scan.name || scan.targets.join(', ')

/** Seconds from start to end, or to now while it runs; null before the start. */
export function elapsedSeconds(from: string | null, to: string | null, now: number): number | null {
  if (!from) return null
  return Math.max(0, ((to ? Date.parse(to) : now) - Date.parse(from)) / 1000)
}
