import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '@/lib/cx'

type Tone = 'info' | 'degraded' | 'down'
const ICONS = { info: Info, degraded: TriangleAlert, down: CircleAlert }
const TONES: Record<Tone, string> = {
  info: 'border-line-strong bg-glass [&>svg]:text-accent-text',
  degraded: 'border-degraded/40 tint-degraded [&>svg]:text-degraded',
  down: 'border-down/40 tint-down [&>svg]:text-down',
}

/** A sentence that belongs to the thing it stands at: an error of a form, a partial result, a limit. */
export function Notice({ tone = 'info', children, action, className }: { tone?: Tone; children: ReactNode; action?: ReactNode; className?: string }) {
  const Icon = ICONS[tone]
  return (
    <div role={tone === 'down' ? 'alert' : 'status'} className={cx('flex items-start gap-2.5 rounded-md border px-3 py-2.5 text-base', TONES[tone], className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 text-pretty">{children}</div>
      {action}
    </div>
  )
}

/** "3 of 16 chunks timed out": what is missing, and the next step. */
export const PartialBanner = (props: { children: ReactNode; action?: ReactNode; className?: string }) => <Notice tone="degraded" {...props} />
