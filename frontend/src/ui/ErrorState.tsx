import { CloudOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button'
import { EmptyState } from './EmptyState'

/** A list or page that could not be loaded: what happened, and a way on. */
export function ErrorState({ text, onRetry, compact }: { text: string; onRetry?: () => void; compact?: boolean }) {
  const { t } = useTranslation()
  return (
    <div role="alert">
      <EmptyState icon={<CloudOff />} title={t('state.error_title')} compact={compact ?? false} action={onRetry && <Button onClick={onRetry}>{t('action.retry')}</Button>}>
        {text}
      </EmptyState>
    </div>
  )
}
