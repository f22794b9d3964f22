import { X } from 'lucide-react'
import { useEffect, useId, useRef, useState, type ReactNode, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { IconButton } from './IconButton'
import { PortalContext } from './portal'

export type DialogProps = {
  open: boolean
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  footer?: ReactNode
  children?: ReactNode
  size?: 'sm' | 'md' | 'lg'
  /** Whether a click beside it closes it; off for forms that hold typing. */
  dismissible?: boolean
}

const SIZES = { sm: 'sm:max-w-105', md: 'sm:max-w-140', lg: 'sm:max-w-190' }

/** A modal dialog on the browser's own `<dialog>`: its focus trap, inert background and Escape need no style injection. */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null
}

function OpenDialog({ onClose, title, description, footer, children, size = 'md', dismissible = true }: Omit<DialogProps, 'open'>) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const [container, setContainer] = useState<HTMLElement | null>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    // Not the close button, whose tooltip would open: the first field, else the dialog itself.
    ;(element?.querySelector<HTMLElement>('input, textarea, select') ?? element)?.focus()
    setContainer(element)
    return () => {
      element?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  const onCancel = (event: SyntheticEvent) => {
    event.preventDefault()
    onClose()
  }
  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-text` : undefined}
      onCancel={onCancel}
      onMouseDown={(event) => dismissible && event.target === event.currentTarget && onClose()}
      className={cx(
        'enter outline-none fixed inset-x-0 bottom-0 m-0 mt-auto max-h-[92dvh] w-full max-w-full rounded-t-xl border border-line-strong bg-surface p-0 text-base text-text shadow-lifted sm:inset-0 sm:m-auto sm:mt-[12vh] sm:max-h-[80dvh] sm:rounded-lg',
        SIZES[size],
      )}
    >
      <PortalContext value={container}>
        <div className="flex max-h-[inherit] flex-col">
          <header className="flex items-start gap-4 px-5 pt-4.5 pb-3">
            <div className="min-w-0 flex-1">
              <h2 id={`${id}-title`} className="text-lg font-semibold text-balance">
                {title}
              </h2>
              {description && (
                <p id={`${id}-text`} className="mt-1 text-base text-pretty text-muted">
                  {description}
                </p>
              )}
            </div>
            <IconButton label={t('action.close')} size="sm" onClick={onClose} className="-mr-1.5">
              <X />
            </IconButton>
          </header>
          {children && <div className="min-h-0 overflow-y-auto px-5 pt-1 pb-5">{children}</div>}
          {footer && <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3.5">{footer}</footer>}
        </div>
      </PortalContext>
    </dialog>
  )
}
