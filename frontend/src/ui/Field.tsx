import { createContext, use, useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'

type FieldIds = { id: string; describedBy: string | undefined; invalid: boolean }
const FieldContext = createContext<FieldIds | null>(null)

/** The ids that tie a control to its label, hint and error. Null outside a Field. */
export const useField = (): FieldIds | null => use(FieldContext)

type Props = { label: ReactNode; hint?: ReactNode; error?: string | null | undefined; optional?: boolean; className?: string; children: ReactNode }

/** Label, control, hint and the error at the field. */
export function Field({ label, hint, error, optional, className, children }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <div className={cx('flex min-w-0 flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium text-text">
        {label}
        {optional && <span className="ml-1.5 font-normal text-muted">{t('field.optional')}</span>}
      </label>
      <FieldContext value={{ id, describedBy, invalid: Boolean(error) }}>{children}</FieldContext>
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-xs text-down">
          {error}
        </p>
      )}
    </div>
  )
}
