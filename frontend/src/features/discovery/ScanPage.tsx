import { useTranslation } from 'react-i18next'
import { Page } from '@/ui/Page'

export function ScanPage() {
  const { t } = useTranslation('discovery')
  return <Page title={t('title')}>{null}</Page>
}
