import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { paths } from '@/lib/paths'

const PLACES = [
  { id: 'monitors', to: paths.monitors },
  { id: 'suggestions', to: paths.suggestions },
  { id: 'rules', to: paths.rules },
] as const

/** The pages that belong to monitoring, side by side above each of them. */
export function MonitorsNav() {
  const { t } = useTranslation('suggestions')
  const { pathname } = useLocation()
  return (
    <nav aria-label={t('nav.label')} className="-mt-1 flex shrink-0 gap-1 overflow-x-auto border-b">
      {PLACES.map((place) => {
        const current = pathname === place.to
        return (
          <Link
            key={place.id}
            to={place.to}
            aria-current={current ? 'page' : undefined}
            className={cx('-mb-px inline-flex h-9 items-center border-b-2 px-3 text-base whitespace-nowrap -outline-offset-2!', current ? 'border-accent! font-medium text-text' : 'border-transparent! text-muted hover:text-text')}
          >
            {t(`nav.${place.id}`)}
          </Link>
        )
      })}
    </nav>
  )
}
