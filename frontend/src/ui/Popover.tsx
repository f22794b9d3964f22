import { Popover as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { usePortalContainer } from './portal'

/** A small panel under its trigger, for more than a menu holds. */
export function Popover({ trigger, children, align = 'start', label }: { trigger: ReactElement; children: ReactNode; align?: 'start' | 'end'; label: string }) {
  const container = usePortalContainer()
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={container}>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={12}
          aria-label={label}
          className="enter z-50 max-w-[min(24rem,calc(100vw-24px))] rounded-lg border border-line-strong bg-raised p-3 text-sm shadow-lifted"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
