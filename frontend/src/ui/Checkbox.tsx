import { useEffect, useRef, type InputHTMLAttributes, type ReactNode } from 'react'
import { cx } from '@/lib/cx'

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & { label?: ReactNode; hint?: ReactNode; indeterminate?: boolean }

export function Checkbox({ label, hint, indeterminate = false, className, ...rest }: Props) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current) input.current.indeterminate = indeterminate
  }, [indeterminate])
  const box = (
    <input
      ref={input}
      type="checkbox"
      {...rest}
      className={cx(
        "peer relative size-4 before:absolute before:-inset-2 before:content-[''] shrink-0 appearance-none rounded-sm border border-line-strong bg-surface transition-colors duration-100 after:absolute after:inset-0 after:hidden after:content-[''] hover:border-muted checked:border-accent-text checked:bg-accent-text checked:after:top-px checked:after:left-[4.5px] checked:after:block checked:after:h-2.25 checked:after:w-1.25 checked:after:rotate-45 checked:after:border-r-2 checked:after:border-b-2 checked:after:border-on-accent! indeterminate:border-accent-text indeterminate:bg-accent-text indeterminate:after:top-[6px] indeterminate:after:left-[3px] indeterminate:after:block indeterminate:after:h-0.5 indeterminate:after:w-2 indeterminate:after:bg-on-accent disabled:opacity-50",
        label ? 'mt-0.5' : className,
      )}
    />
  )
  if (!label) return box
  return (
    <label className={cx('flex min-w-0 items-start gap-2.5 text-base has-disabled:opacity-60', className)}>
      {box}
      <span className="min-w-0 flex-1">
        {label}
        {hint && <span className="block text-xs text-muted">{hint}</span>}
      </span>
    </label>
  )
}
