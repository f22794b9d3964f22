import { useTranslation } from 'react-i18next'
import { useLiveLight, type LiveState } from '@/api/live'
import { cx } from '@/lib/cx'
import { Tooltip } from '@/ui/Tooltip'

const LOOKS: Record<LiveState, { color: string; word: 'live' | 'catching_up' | 'offline' }> = {
  live: { color: 'text-up', word: 'live' },
  connecting: { color: 'text-degraded', word: 'catching_up' },
  catching_up: { color: 'text-degraded', word: 'catching_up' },
  offline: { color: 'text-down', word: 'offline' },
}

/** Whether what is shown is live. Quiet while all is well, with a word when it is not. */
export function LiveLight() {
  const { t } = useTranslation('shell')
  const state = useLiveLight()
  const { color, word } = LOOKS[state]
  return (
    <Tooltip text={t(`live.${word}_hint`)}>
      <span role="status" tabIndex={0} className="mx-1 inline-flex h-8.5 items-center gap-1.5 rounded-md px-1 text-xs text-muted">
        <svg viewBox="0 0 12 12" aria-hidden className={cx('size-2.5', color, state !== 'live' && 'animate-[breathe_1.8s_ease-in-out_infinite]')}>
          {word === 'live' && <circle cx="6" cy="6" r="4" fill="currentColor" />}
          {word === 'catching_up' && <path d="M6 1 11 6 6 11 1 6Z" fill="currentColor" />}
          {word === 'offline' && <path d="M6 1.5 11.2 10.5H.8Z" fill="currentColor" />}
        </svg>
        <span className={word === 'live' ? 'sr-only xl:not-sr-only' : 'sr-only sm:not-sr-only'}>{t(`live.${word}`)}</span>
      </span>
    </Tooltip>
  )
}
