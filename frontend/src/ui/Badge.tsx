import type { ReactNode } from 'react'
import { cx } from '@/lib/cx'

type Tone = 'plain' | 'accent' | 'up' | 'degraded' | 'down' | 'maintenance'
const TONES: Record<Tone, string> = {
  plain: 'border-line-strong text-muted',
  accent: 'border-transparent bg-glass text-accent-text',
  up: 'border-transparent tint-up text-up',
  degraded: 'border-transparent tint-degraded text-degraded',
  down: 'border-transparent tint-down text-down',
  maintenance: 'border-transparent tint-maintenance text-maintenance',
}

export const Badge = ({ children, tone = 'plain', title }: { children: ReactNode; tone?: Tone; title?: string }) => (
  <span title={title} className={cx('inline-flex h-5 max-w-full items-center gap-1 rounded-sm border px-1.5 text-xs whitespace-nowrap', TONES[tone])}>
    <span className="truncate">{children}</span>
  </span>
)
