import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { PageSkeleton } from './PageSkeleton'
import { useSettingsPages } from './settings-pages'

/** On a phone the row of pages scrolls: the one that is shown must be seen. */
const intoView = (link: HTMLAnchorElement | null) => link?.scrollIntoView({ block: 'nearest', inline: 'center' })

/** Settings: its pages at the left, as a row that scrolls on a phone. */
export function SettingsLayout() {
  const { t } = useTranslation('shell')
  const { pathname } = useLocation()
  const pages = useSettingsPages()
  return (
    <div className="mx-auto flex w-full max-w-400 flex-col md:h-full md:flex-row">
      <nav aria-label={t('nav.settings')} className="shrink-0 overflow-x-auto border-b md:w-52 md:border-r md:border-b-0 md:pt-3">
        <ul className="flex gap-0.5 p-2 md:flex-col md:px-3">
          {pages.map((page) => {
            const current = pathname.startsWith(page.to)
            return (
              <li key={page.id}>
                <Link
                  to={page.to}
                  ref={current ? intoView : undefined}
                  aria-current={current ? 'page' : undefined}
                  className={cx('flex h-8.5 items-center gap-2.5 max-sm:h-10 rounded-md px-2.5 text-base whitespace-nowrap', current ? 'bg-glass font-medium text-text' : 'text-muted hover:bg-glass hover:text-text')}
                >
                  <page.icon aria-hidden strokeWidth={1.75} className={cx('size-4', current && 'text-accent-text')} />
                  {page.label}
                </Link>
              </li>
            )
          })}
        </ul>
      </nav>
      <div className="min-w-0 flex-1 md:overflow-y-auto">
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  )
}
