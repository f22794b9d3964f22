import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { cx } from '@/lib/cx'
import { Tooltip } from './Tooltip'

type Variant = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  variant?: Variant
  size?: 'sm' | 'md'
  icon?: ReactNode
  busy?: boolean
  /** Why the button does nothing now: it stays focusable and says so on hover and focus. */
  disabledReason?: string | false | null | undefined
  ref?: Ref<HTMLButtonElement>
}

const VARIANTS: Record<Variant, string> = {
  primary: 'bg-accent-text text-on-accent border-transparent font-medium hover:brightness-110 active:brightness-95',
  secondary: 'bg-raised text-text border-line-strong hover:border-muted active:bg-sunken',
  ghost: 'bg-transparent text-muted border-transparent hover:bg-glass hover:text-text',
  danger: 'bg-transparent text-down border-line-strong hover:border-down active:tint-down',
}

/** A verb. One primary button per page. */
export function Button({ variant = 'secondary', size = 'md', icon, busy, disabledReason, className, children, ...rest }: ButtonProps) {
  const blocked = Boolean(disabledReason) || Boolean(rest.disabled) || Boolean(busy)
  const button = (
    <button
      type="button"
      {...rest}
      disabled={disabledReason ? false : rest.disabled}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      onClick={blocked ? (event) => event.preventDefault() : rest.onClick}
      className={cx(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border whitespace-nowrap transition-[background,border-color,filter,color] duration-100 select-none',
        size === 'sm' ? 'h-7 px-2.5 text-sm max-sm:h-9' : 'h-8.5 px-3.5 text-base max-sm:h-10',
        VARIANTS[variant],
        blocked && 'opacity-50 saturate-50 hover:brightness-100',
        blocked && 'cursor-not-allowed!',
        className,
      )}
    >
      {icon && <span className="-ml-0.5 inline-flex [&_svg]:size-4">{icon}</span>}
      {children}
    </button>
  )
  return disabledReason ? <Tooltip text={disabledReason}>{button}</Tooltip> : button
}
