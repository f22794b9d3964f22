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

function WaysOn() {
  const { t } = useTranslation('shell')
  return (
    <>
      <LinkButton to={paths.overview}>{t('nav.overview')}</LinkButton>
      <LinkButton to={paths.inventory}>{t('nav.inventory')}</LinkButton>
    </>
  )
}

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <>
      <title>{`${t('state.not_found')} · Lanarium`}</title>
      <EmptyState heading="h1" icon={<Compass />} title={t('state.not_found')} action={<WaysOn />}>
        {t('state.not_found_hint')}
      </EmptyState>
    </>
  )
}
