import { useNavigate } from '@tanstack/react-router'
import { KeyRound, Languages, LogOut, Moon, Sun, SunMoon, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, chooseTheme } from '@/api/profile'
import { queryClient } from '@/api/query-client'
import { logout, useSession } from '@/api/session'
import { LANGUAGE_NAMES, LANGUAGES } from '@/i18n/languages'
import { useLanguage } from '@/i18n/use-locale'
import { paths } from '@/lib/paths'
import { useTheme } from '@/lib/theme'
import { IconButton } from '@/ui/IconButton'
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from '@/ui/Menu'
import { usePhone } from '@/lib/use-media-query'

const THEMES = ['system', 'dark', 'light'] as const
const THEME_ICONS = { system: SunMoon, dark: Moon, light: Sun }

function LanguageItems() {
  const current = useLanguage()
  return LANGUAGES.map((language) => (
    <MenuCheck key={language} checked={language === current} onSelect={() => void chooseLanguage(language)}>
      <span lang={language === 'no' ? 'nb' : language}>{LANGUAGE_NAMES[language]}</span>
    </MenuCheck>
  ))
}

export function LanguageMenu() {
  const { t } = useTranslation('shell')
  return (
    <Menu
      label={t('person.language')}
      trigger={
        <IconButton label={t('person.language')}>
          <Languages strokeWidth={1.75} />
        </IconButton>
      }
    >
      <LanguageItems />
    </Menu>
  )
}

function ThemeItems() {
  const { t } = useTranslation('shell')
  const current = useTheme()
  return THEMES.map((theme) => (
    <MenuCheck key={theme} checked={theme === current} onSelect={() => void chooseTheme(theme)}>
      {t(`theme.${theme}`)}
    </MenuCheck>
  ))
}

export function ThemeMenu() {
  const { t } = useTranslation('shell')
  const Icon = THEME_ICONS[useTheme()]
  return (
    <Menu
      label={t('person.theme')}
      trigger={
        <IconButton label={t('person.theme')}>
          <Icon strokeWidth={1.75} />
        </IconButton>
      }
    >
      <ThemeItems />
    </Menu>
  )
}

/** Who is logged in, and the way out. On a phone it holds language and theme too. */
export function PersonMenu() {
  const { t } = useTranslation(['shell', 'common'])
  const { user } = useSession()
  const navigate = useNavigate()
  const phone = usePhone()
  if (!user) return null
  const leave = async () => {
    await logout()
    queryClient.clear()
  }
  const name = user.full_name || user.username
  return (
    <Menu
      label={t('person.menu')}
      trigger={
        <button type="button" aria-label={`${t('person.menu')}: ${name}`} className="ml-1 inline-flex size-8 shrink-0 max-sm:size-10 items-center justify-center rounded-full border border-line-strong bg-glass text-sm font-medium text-accent-text uppercase hover:border-accent">
          {/* Drawn, not written: the name of the button is the person, and two letters of it are no word. */}
          <span aria-hidden data-initials={name.slice(0, 2)} className="before:content-[attr(data-initials)]" />
        </button>
      }
    >
      <div className="px-2.5 pt-1.5 pb-2">
        <p className="truncate font-medium">{name}</p>
        <p className="text-xs text-muted">{t(`common:role.${user.role}`)}</p>
      </div>
      <MenuSeparator />
      <MenuItem icon={<UserRound />} onSelect={() => void navigate({ to: paths.profile })}>
        {t('person.profile')}
      </MenuItem>
      <MenuItem icon={<KeyRound />} onSelect={() => void navigate({ to: paths.tokens })}>
        {t('person.tokens')}
      </MenuItem>
      {phone && (
        <>
          <MenuLabel>{t('person.theme')}</MenuLabel>
          <ThemeItems />
          <MenuLabel>{t('person.language')}</MenuLabel>
          <LanguageItems />
        </>
      )}
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={() => void leave()}>
        {t('person.logout')}
      </MenuItem>
    </Menu>
  )
}
