import { Compass } from 'lucide-react'
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { paths } from '@/lib/paths'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LinkButton } from '@/ui/LinkButton'

/** What a page shows when it broke; the shell around it stays. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return <ErrorState text={errorText(error)} onRetry={retry} />
}

export function NotFoundPage() {
  const { t } = useTranslation(['common', 'shell'])
  return (
    <EmptyState icon={<Compass />} title={t('state.not_found')} action={<LinkButton to={paths.overview}>{t('shell:nav.overview')}</LinkButton>}>
      {t('state.not_found_hint')}
    </EmptyState>
  )
}
