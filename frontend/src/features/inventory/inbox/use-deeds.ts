import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { showToast } from '@/ui/toast'
import { useDecide, useUndo, type Deed, type InboxAction } from './queries'

/** Decides, says what was done with a button that undoes it, and remembers it for the key U. */
export function useDeeds() {
  const { t } = useTranslation('inbox')
  const decide = useDecide()
  const undoing = useUndo()
  const last = useRef<number | undefined>(undefined)
  const undo = (id: number | undefined) => {
    if (id === undefined) return
    if (last.current === id) last.current = undefined
    undoing.mutate(id, { onSuccess: () => showToast(t('undone')), onError: (error) => showToast(errorText(error), { tone: 'down' }) })
  }
  const done = (action: InboxAction) => {
    last.current = action.id
    showToast(t(`done.${action.action}`, { count: action.affected }), { action: { label: t('undo'), onClick: () => undo(action.id) } })
  }
  const run = (deed: Deed, after?: () => void) => {
    decide.mutate(deed, {
      onSuccess: (action) => {
        done(action)
        after?.()
      },
    })
  }
  return { run, done, undoLast: () => undo(last.current), busy: decide.isPending || undoing.isPending, error: decide.error }
}
