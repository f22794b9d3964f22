import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'

export type State = 'up' | 'degraded' | 'down' | 'unreachable' | 'unknown' | 'maintenance' | 'new' | 'paused' | 'pending'

/** Colour, shape and word, the same everywhere. */
const SHAPES: Record<State, ReactNode> = {
  up: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  degraded: <path d="M6 1 11 6 6 11 1 6Z" fill="currentColor" />,
  down: <path d="M6 1.5 11.2 10.5H.8Z" fill="currentColor" />,
  unreachable: <path d="M6 2 10.6 10H1.4ZM4.2 9.6 7 4.8M6.8 9.6 8.2 7.2" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" />,
  unknown: <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  maintenance: <rect x="2" y="2" width="8" height="8" rx="1" fill="currentColor" />,
  paused: <path d="M2.4 1.8h2.4v8.4H2.4ZM7.2 1.8h2.4v8.4H7.2Z" fill="currentColor" />,
  pending: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="1.6 1.54" />,
  new: <path d="M6 .8 7.5 4.3l3.8.3-2.9 2.5.9 3.7L6 8.8l-3.3 2 .9-3.7L.7 4.6l3.8-.3Z" fill="currentColor" />,
}
const COLORS: Record<State, string> = {
  up: 'text-up',
  degraded: 'text-degraded',
  down: 'text-down',
  unreachable: 'text-unreachable',
  unknown: 'text-unknown',
  maintenance: 'text-maintenance',
  paused: 'text-maintenance',
  pending: 'text-unknown',
  new: 'text-new',
}

/** `label` replaces the state's own word; `compact` keeps the word for screen readers and hover only. */
export function StateMark({ state, label, compact, pulse }: { state: State; label?: string; compact?: boolean; pulse?: boolean }) {
  const { t } = useTranslation()
  const word = label ?? t(`state.${state}`)
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap" title={compact ? word : undefined}>
      <svg viewBox="0 0 12 12" aria-hidden className={cx('size-2.5 shrink-0', COLORS[state], pulse && 'animate-[breathe_1.8s_ease-in-out_infinite]')}>
        {SHAPES[state]}
      </svg>
      <span className={compact ? 'sr-only' : undefined}>{word}</span>
    </span>
  )
}
