import type { ReactNode } from 'react'
import { cx } from '@/lib/cx'
import { Tooltip } from './Tooltip'

type Props = { checked: boolean; onChange: (checked: boolean) => void; label: string; showLabel?: boolean; hint?: ReactNode; disabledReason?: string | false | null }

/** On or off, in force at once. */
export function Switch({ checked, onChange, label, showLabel = false, hint, disabledReason }: Props) {
  const control = (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      aria-disabled={Boolean(disabledReason) || undefined}
      onClick={() => !disabledReason && onChange(!checked)}
      className={cx(
        'relative h-5 w-9 shrink-0 before:absolute before:-inset-2 rounded-full border transition-colors duration-100',
        checked ? 'border-accent-text bg-accent-text' : 'border-line-strong bg-sunken hover:border-muted',
        disabledReason && 'cursor-not-allowed! opacity-50',
      )}
    >
      <span
        className={cx(
          'absolute top-0.5 size-3.5 rounded-full transition-[left,background] duration-100',
          checked ? 'left-4.5 bg-on-accent' : 'left-0.5 bg-muted',
        )}
      />
    </button>
  )
  const shown = disabledReason ? <Tooltip text={disabledReason}>{control}</Tooltip> : control
  if (!showLabel) return shown
  return (
    <div className="flex items-start gap-3">
      {shown}
      <span className="min-w-0 text-base" aria-hidden>
        {label}
        {hint && <span className="block text-xs text-muted">{hint}</span>}
      </span>
    </div>
  )
}
