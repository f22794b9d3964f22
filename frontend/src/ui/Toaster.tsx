import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button'
import { IconButton } from './IconButton'
import { StateMark } from './StateMark'
import { dismissToast, useToasts, type Toast } from './toast'

/** The corner where toasts appear; announced politely. */
export function Toaster() {
  const { t } = useTranslation()
  const toasts = useToasts()
  return (
    <section aria-label={t('toast.label')} aria-live="polite" className="pointer-events-none fixed right-4 bottom-20 z-40 flex w-[min(24rem,calc(100vw-32px))] flex-col gap-2 sm:bottom-4">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

function ToastCard({ toast }: { toast: Toast }) {
  const { t } = useTranslation()
  return (
    <div className="enter pointer-events-auto flex items-center gap-2.5 rounded-lg border border-line-strong bg-raised py-2 pr-2 pl-3.5 text-base shadow-lifted">
      {toast.tone && toast.tone !== 'plain' && <StateMark state={toast.tone} label=" " />}
      <p className="min-w-0 flex-1 break-words">{toast.text}</p>
      {toast.action && (
        <Button
          size="sm"
          onClick={() => {
            toast.action?.onClick()
            dismissToast(toast.id)
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton size="sm" label={t('toast.dismiss')} onClick={() => dismissToast(toast.id)}>
        <X />
      </IconButton>
    </div>
  )
}
