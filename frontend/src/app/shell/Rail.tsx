import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { paths } from '@/lib/paths'
import { LogoMark } from '@/ui/Logo'
import { Tooltip } from '@/ui/Tooltip'
import { useMediaQuery } from '@/lib/use-media-query'
import { InboxCount } from './InboxCount'
import { isCurrent, PLACES, SETTINGS_PLACE, type Place } from './places'

/** The left rail: places by name, by icon below 1100 px. */
export function Rail() {
  const { t } = useTranslation('shell')
  return (
    <nav aria-label={t('nav.label')} className="hidden w-15 shrink-0 flex-col border-r bg-surface sm:flex lg:w-55">
      <Link to={paths.overview} className="flex h-14 items-center gap-2.5 px-4 -outline-offset-2! lg:px-4.5" aria-label="Lanarium">
        <LogoMark className="size-7 shrink-0" />
        <span aria-hidden className="hidden text-lg font-semibold tracking-tight lg:block">
          Lanarium
        </span>
      </Link>
      <ul className="flex flex-1 flex-col gap-0.5 px-2.5 pt-2">
        {PLACES.map((place) => (
          <RailLink key={place.id} place={place} />
        ))}
        <li className="flex-1" />
        <RailLink place={SETTINGS_PLACE} />
      </ul>
      <div className="h-3" />
    </nav>
  )
}

function RailLink({ place }: { place: Place }) {
  const { t } = useTranslation('shell')
  const { pathname } = useLocation()
  const iconsOnly = useMediaQuery('(max-width: 1099px)')
  const current = isCurrent(place, pathname)
  const link = (
    <Link
      to={place.to}
      aria-current={current ? 'page' : undefined}
      className={cx(
        'group relative flex h-9 items-center gap-3 rounded-md px-2.5 text-base transition-colors duration-75',
        current ? 'bg-glass font-medium text-text' : 'text-muted hover:bg-glass hover:text-text',
      )}
    >
      <place.icon aria-hidden strokeWidth={1.75} className={cx('size-4.5 shrink-0', current && 'text-accent-text')} />
      <span className="sr-only min-w-0 flex-1 lg:not-sr-only">{t(`nav.${place.id}`)}</span>
      {place.id === 'inbox' && <InboxCount className="max-lg:absolute max-lg:top-0.5 max-lg:right-0.5" />}
    </Link>
  )
  return <li>{iconsOnly ? <Tooltip text={t(`nav.${place.id}`)} side="right">{link}</Tooltip> : link}</li>
}

/** The bottom bar at phone width. */
export function BottomBar() {
  const { t } = useTranslation('shell')
  const { pathname } = useLocation()
  return (
    <nav aria-label={t('nav.label')} className="flex shrink-0 border-t bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden">
      {[...PLACES, SETTINGS_PLACE].map((place) => {
        const current = isCurrent(place, pathname)
        return (
          <Link
            key={place.id}
            to={place.to}
            aria-current={current ? 'page' : undefined}
            className={cx('flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-1 text-xs -outline-offset-2!', current ? 'text-accent-text' : 'text-muted')}
          >
            <span className="relative">
              <place.icon aria-hidden strokeWidth={1.75} className="size-5" />
              {place.id === 'inbox' && <InboxCount className="absolute -top-1.5 left-3" />}
            </span>
            <span className="max-w-full truncate px-0.5">{t(`nav.${place.id}`)}</span>
          </Link>
        )
      })}
    </nav>
  )
}
