import type { InputHTMLAttributes, ReactNode, Ref } from 'react'
import { cx } from '@/lib/cx'
import { useField } from './Field'

export const CONTROL =
  'w-full rounded-md border border-line-strong bg-surface text-base text-text max-sm:text-lg transition-[border-color] duration-100 hover:border-muted focus:border-accent focus:outline-1 focus:-outline-offset-1 focus:outline-accent disabled:opacity-50 aria-invalid:border-down'

type Props = InputHTMLAttributes<HTMLInputElement> & { icon?: ReactNode; mono?: boolean; trailing?: ReactNode; ref?: Ref<HTMLInputElement> }

export function Input({ icon, mono, trailing, className, ...rest }: Props) {
  const field = useField()
  return (
    <span className={cx('relative flex min-w-0 items-center', className)}>
      {icon && <span className="pointer-events-none absolute left-2.5 inline-flex text-muted [&_svg]:size-4">{icon}</span>}
      <input
        id={field?.id}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.invalid || undefined}
        spellCheck={false}
        autoComplete="off"
        {...rest}
        className={cx(CONTROL, 'h-8.5 max-sm:h-10', icon ? 'pl-8' : 'pl-3', trailing ? 'pr-9' : 'pr-3', mono && 'font-mono text-sm! max-sm:text-lg!')}
      />
      {trailing && <span className="absolute right-0.5 inline-flex">{trailing}</span>}
    </span>
  )
}
