import { useState, type ReactNode } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { Button } from './Button'
import { Dialog } from './Dialog'
import { Input } from './Input'
import { Notice } from './Notice'

type Props = {
  open: boolean
  onClose: () => void
  onConfirm: () => void
  title: ReactNode
  description?: ReactNode
  confirmLabel: string
  danger?: boolean
  busy?: boolean
  /** The error of the action: it appears here, where the action is. */
  error?: string | null
  /** A text to type first, for what cannot be undone. */
  typed?: string
  children?: ReactNode
}

export function ConfirmDialog(props: Props) {
  return props.open ? <OpenConfirm {...props} /> : null
}

function OpenConfirm({ onClose, onConfirm, title, description, confirmLabel, danger, busy, error, typed, children }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const ready = !typed || text.trim() === typed
  const footer = (
    <>
      <Button onClick={onClose}>{t('action.cancel')}</Button>
      <Button variant={danger ? 'danger' : 'primary'} busy={busy ?? false} disabled={!ready} onClick={onConfirm}>
        {confirmLabel}
      </Button>
    </>
  )
  return (
    <Dialog open onClose={onClose} title={title} description={description} footer={footer} size="sm">
      {(children || typed || error) && (
        <div className="flex flex-col gap-3">
          {children}
          {typed && (
            <label className="flex flex-col gap-1.5 text-sm text-muted">
              <span>
                <Trans i18nKey="confirm.type_to_confirm" values={{ text: typed }} components={{ mark: <strong className="text-text" /> }} shouldUnescape />
              </span>
              <Input value={text} onChange={(event) => setText(event.target.value)} autoFocus mono />
            </label>
          )}
          {error && <Notice tone="down">{error}</Notice>}
        </div>
      )}
    </Dialog>
  )
}
