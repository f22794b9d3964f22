import { useId, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button'
import { Dialog } from './Dialog'
import { Notice } from './Notice'

type Props = {
  title: ReactNode
  description?: ReactNode
  submitLabel: string
  onSubmit: (event: FormEvent) => void
  onClose: () => void
  busy: boolean
  /** What is wrong beyond the fields. */
  error?: string | null
  size?: 'sm' | 'md' | 'lg'
  /** A second way to send it, beside the button that submits. */
  also?: ReactNode
  children: ReactNode
}

/** A form in a dialog. A click beside it does not throw the typing away. */
export function FormDialog({ title, description, submitLabel, onSubmit, onClose, busy, error, size = 'sm', also, children }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const footer = (
    <>
      <Button onClick={onClose}>{t('action.cancel')}</Button>
      {also}
      <Button variant="primary" type="submit" form={id} busy={busy}>
        {busy ? t('action.saving') : submitLabel}
      </Button>
    </>
  )
  return (
    <Dialog open onClose={onClose} title={title} description={description} footer={footer} size={size} dismissible={false}>
      <form id={id} noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        {children}
        {error && <Notice tone="down">{error}</Notice>}
      </form>
    </Dialog>
  )
}
