import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './IconButton'

/** Back and forth where "load more" does not fit. */
export function Pagination({ onPrevious, onNext, children }: { onPrevious?: (() => void) | undefined; onNext?: (() => void) | undefined; children?: React.ReactNode }) {
  const { t } = useTranslation()
  return (
    <nav className="flex items-center gap-2 text-sm text-muted">
      <IconButton size="sm" label={t('page.previous')} disabled={!onPrevious} onClick={onPrevious}>
        <ChevronLeft />
      </IconButton>
      <span>{children}</span>
      <IconButton size="sm" label={t('page.next')} disabled={!onNext} onClick={onNext}>
        <ChevronRight />
      </IconButton>
    </nav>
  )
}
