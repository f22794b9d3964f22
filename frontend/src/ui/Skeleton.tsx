import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'

/** The shape of what is coming. */
export const Skeleton = ({ className }: { className?: string }) => <span aria-hidden className={cx('skeleton block h-3.5', className)} />

const WIDTHS = ['w-3/5', 'w-4/5', 'w-1/2', 'w-2/3', 'w-3/4']

/** Lines that are on their way; who hears the page is told so. */
export function SkeletonLines({ lines = 3 }: { lines?: number }) {
  const { t } = useTranslation()
  return (
    <div aria-busy className="flex flex-col gap-3">
      <span className="sr-only">{t('list.loading')}</span>
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} className={WIDTHS[index % WIDTHS.length] ?? 'w-2/3'} />
      ))}
    </div>
  )
}
