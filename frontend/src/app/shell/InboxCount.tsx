import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSiteId } from '@/api/site'
import { headlineOptions } from '@/features/inventory/queries'
import { useFormat } from '@/i18n/use-format'
import { cx } from '@/lib/cx'

const MOST = 99

/** How many new finds wait; nothing where none does. */
export function InboxCount({ className }: { className?: string }) {
  const { t } = useTranslation('inbox')
  const format = useFormat()
  const count = useQuery(headlineOptions(useSiteId())).data?.devices.inbox ?? 0
  if (count === 0) return null
  return (
    <span className={cx('inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-accent-text px-1 text-xs font-medium text-on-accent tabular-nums', className)}>
      <span aria-hidden>{count > MOST ? `${MOST}+` : format.number(count)}</span>
      <span className="sr-only">{t('waiting', { count, formatted: format.number(count) })}</span>
    </span>
  )
}
