import { CircleSlash2, CloudOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button'
import { EmptyState } from './EmptyState'

type Props = {
  text: string
  /** Absent where asking again cannot help: then the sentence is all there is to say. */
  onRetry?: (() => void) | undefined
  /** Where to go instead. */
  action?: ReactNode
  compact?: boolean
}

/** A list or page that could not be loaded: what happened, and a way on. */
export function ErrorState({ text, onRetry, action, compact = false }: Props) {
  const { t } = useTranslation()
  if (!onRetry) {
    return (
      <div role="alert">
        <EmptyState icon={<CircleSlash2 />} title={text} compact={compact} action={action} />
      </div>
    )
  }
  return (
    <div role="alert">
      <EmptyState icon={<CloudOff />} title={t('state.error_title')} compact={compact} action={<Button onClick={onRetry}>{t('action.retry')}</Button>}>
        {text}
      </EmptyState>
    </div>
  )
}
