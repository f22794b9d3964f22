import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { cx } from '@/lib/cx'
import type { SearchState } from '@/lib/use-search-state'

type Props = { to: string; search?: SearchState; variant?: 'primary' | 'secondary' | 'ghost'; size?: 'sm' | 'md'; icon?: ReactNode; children: ReactNode }

const VARIANTS = {
  primary: 'bg-accent-text text-on-accent border-transparent font-medium hover:brightness-110',
  secondary: 'bg-raised text-text border-line-strong hover:border-muted',
  ghost: 'bg-transparent text-muted border-transparent hover:bg-glass hover:text-text',
}

/** A link that looks like a button: for going somewhere, where a button does something. */
export const LinkButton = ({ to, search, variant = 'secondary', size = 'md', icon, children }: Props) => (
  <Link
    to={to}
    search={(search ?? {}) as never}
    className={cx(
      'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border whitespace-nowrap transition-[background,border-color,filter] duration-100',
      size === 'sm' ? 'h-7 px-2.5 text-sm' : 'h-8.5 px-3.5 text-base',
      VARIANTS[variant],
    )}
  >
    {icon && <span className="-ml-0.5 inline-flex [&_svg]:size-4">{icon}</span>}
    {children}
  </Link>
)

/** A link in text. */
export const TextLink = ({ to, search, children, className }: { to: string; search?: SearchState; children: ReactNode; className?: string }) => (
  <Link to={to} search={(search ?? {}) as never} className={cx('rounded-sm text-accent-text underline-offset-3 hover:underline', className)}>
    {children}
  </Link>
)
