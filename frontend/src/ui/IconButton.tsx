import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { cx } from '@/lib/cx'
import { Tooltip } from './Tooltip'

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & {
  label: string
  children: ReactNode
  size?: 'sm' | 'md'
  active?: boolean
  disabledReason?: string | false | null | undefined
  ref?: Ref<HTMLButtonElement>
}

/** A button that is only an icon; its label is its name and its tooltip. */
export function IconButton({ label, children, size = 'md', active, disabledReason, className, ...rest }: Props) {
  const blocked = Boolean(disabledReason)
  return (
    <Tooltip text={disabledReason || label}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={active}
        {...rest}
        aria-disabled={blocked || undefined}
        onClick={blocked ? (event) => event.preventDefault() : rest.onClick}
        className={cx(
          'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-100 hover:bg-glass hover:text-text disabled:opacity-40 data-[state=open]:bg-glass data-[state=open]:text-text',
          size === 'sm' ? 'size-7 max-sm:size-9 [&_svg]:size-4' : 'size-8.5 max-sm:size-10 [&_svg]:size-4.5',
          active && 'bg-glass text-accent-text',
          blocked && 'cursor-not-allowed! opacity-40',
          className,
        )}
      >
        {children}
      </button>
    </Tooltip>
  )
}
