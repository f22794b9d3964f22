import { Activity, FileClock, KeyRound, MapPin, Network, UserRound, Users, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/session'
import { paths } from '@/lib/paths'

type Id = 'networks' | 'sites' | 'users' | 'tokens' | 'audit' | 'profile' | 'status'
type SettingsPage = { id: Id; to: string; icon: LucideIcon; admin?: boolean }

const PAGES: readonly SettingsPage[] = [
  { id: 'networks', to: paths.networks, icon: Network },
  { id: 'sites', to: paths.sites, icon: MapPin },
  { id: 'users', to: paths.users, icon: Users, admin: true },
  { id: 'tokens', to: paths.tokens, icon: KeyRound },
  { id: 'audit', to: paths.audit, icon: FileClock, admin: true },
  { id: 'profile', to: paths.profile, icon: UserRound },
  { id: 'status', to: paths.status, icon: Activity },
]

/** The pages of Settings with their names. What only an admin may read at all is left out for others. */
export function useSettingsPages(): (SettingsPage & { label: string })[] {
  const { t } = useTranslation('shell')
  const admin = useCan('admin')
  return PAGES.filter((page) => admin || !page.admin).map((page) => ({ ...page, label: t(`settings.${page.id}`) }))
}
