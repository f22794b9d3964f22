import { X } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './IconButton'

type Props = { open: boolean; onClose: () => void; title: ReactNode; label: string; actions?: ReactNode; children: ReactNode }

/** The inspector at the right. Not modal: the list beside it stays usable, and j/k move through it. */
export function Drawer({ open, onClose, title, label, actions, children }: Props) {
  const { t } = useTranslation()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!open) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) onClose()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [open, onClose])
  if (!open) return null
  return (
    <aside
      ref={panel}
      aria-label={label}
      className="enter-right fixed inset-y-0 right-0 z-30 flex w-full flex-col border-l border-line-strong bg-surface shadow-lifted sm:w-110"
    >
      <header className="flex items-center gap-3 border-b px-5 py-3">
        <div className="min-w-0 flex-1 truncate text-lg font-semibold">{title}</div>
        {actions}
        <IconButton label={t('action.close')} size="sm" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-5">{children}</div>
    </aside>
  )
}
