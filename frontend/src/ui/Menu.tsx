import { DropdownMenu as Radix } from 'radix-ui'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { cx } from '@/lib/cx'
import { usePortalContainer } from './portal'

const ITEM =
  'flex min-h-8 max-sm:min-h-10 cursor-default items-center gap-2.5 rounded-sm px-2.5 text-sm outline-none select-none data-[highlighted]:bg-glass data-[highlighted]:text-text data-[disabled]:opacity-45 [&_svg]:size-4 [&_svg]:text-muted'

/** A menu under its trigger. Not modal: a modal one would lock scrolling with an inline style, which our policy forbids. */
export function Menu({ trigger, children, align = 'end', label }: { trigger: ReactElement; children: ReactNode; align?: 'start' | 'end'; label?: string }) {
  const container = usePortalContainer()
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={container}>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          className="enter z-50 max-h-[min(28rem,var(--radix-dropdown-menu-content-available-height))] min-w-48 overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-lifted"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

type ItemProps = { children: ReactNode; icon?: ReactNode; onSelect?: () => void; disabledReason?: string | false | null; danger?: boolean; hint?: ReactNode }

export function MenuItem({ children, icon, onSelect, disabledReason, danger, hint }: ItemProps) {
  return (
    <Radix.Item
      className={cx(ITEM, danger && 'text-down [&_svg]:text-down')}
      disabled={Boolean(disabledReason)}
      title={disabledReason || undefined}
      onSelect={onSelect}
    >
      {icon}
      <span className="flex-1 py-1">
        {children}
        {disabledReason && <span className="block text-xs text-muted">{disabledReason}</span>}
      </span>
      {hint && <span className="pl-4 text-xs text-muted">{hint}</span>}
    </Radix.Item>
  )
}

/** One of several choices; `checked` shows the one in force. */
export function MenuCheck({ checked, onSelect, children, keepOpen }: { checked: boolean; onSelect: () => void; children: ReactNode; keepOpen?: boolean }) {
  return (
    <Radix.CheckboxItem
      className={ITEM}
      checked={checked}
      onSelect={(event) => {
        if (keepOpen) event.preventDefault()
        onSelect()
      }}
    >
      <span className="inline-flex size-4 items-center justify-center">{checked && <Check aria-hidden className="text-accent-text!" />}</span>
      <span className="flex-1">{children}</span>
    </Radix.CheckboxItem>
  )
}

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2.5 pt-2 pb-1 text-xs text-muted">{children}</Radix.Label>
)

export const MenuSeparator = () => <Radix.Separator className="my-1 h-px bg-line" />
