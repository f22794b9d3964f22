import { CircleHelp, Search } from 'lucide-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '@/lib/paths'
import { IconButton } from '@/ui/IconButton'
import { LogoMark } from '@/ui/Logo'
import { LiveLight } from './LiveLight'
import { LanguageMenu, PersonMenu, ThemeMenu } from './PersonMenu'
import { RunningScans } from './RunningScans'
import { SiteSwitcher } from './SiteSwitcher'

const MOD = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'

export function TopBar({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) {
  const { t } = useTranslation('shell')
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 border-b bg-surface px-3 sm:px-5">
      <Link to={paths.overview} aria-label="Lanarium" className="mr-1 rounded-md sm:hidden">
        <LogoMark className="size-7" />
      </Link>
      <SiteSwitcher />
      <button
        type="button"
        onClick={onSearch}
        className="hidden h-8.5 w-full max-w-90 items-center gap-2 rounded-md border bg-page px-2.5 text-base text-muted hover:border-line-strong sm:flex"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0 flex-1 truncate text-left">{t('search.placeholder')}</span>
        <kbd className="hidden shrink-0 rounded-sm border px-1.5 font-sans text-xs leading-4.5 md:block">{MOD} K</kbd>
      </button>
      <div className="ml-auto flex items-center gap-0.5 sm:gap-1">
        <RunningScans />
        <LiveLight />
        <span className="contents sm:hidden">
          <IconButton label={t('search.open')} onClick={onSearch}>
            <Search />
          </IconButton>
        </span>
        <span className="hidden sm:contents">
          <IconButton label={t('keys.title')} onClick={onKeys}>
            <CircleHelp strokeWidth={1.75} />
          </IconButton>
          <LanguageMenu />
          <ThemeMenu />
        </span>
        <PersonMenu />
      </div>
    </header>
  )
}
