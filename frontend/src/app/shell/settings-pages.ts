import { Activity, Blocks, FileClock, KeyRound, KeySquare, MapPin, Network, Puzzle, Telescope, UserRound, Users, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/session'
import { paths } from '@/lib/paths'

type Id = 'networks' | 'sites' | 'credentials' | 'discovery' | 'plugins' | 'extensions' | 'users' | 'tokens' | 'audit' | 'profile' | 'status'
type SettingsPage = { id: Id; to: string; icon: LucideIcon; admin?: boolean; operator?: boolean }

const PAGES: readonly SettingsPage[] = [
  { id: 'networks', to: paths.networks, icon: Network },
  { id: 'sites', to: paths.sites, icon: MapPin },
  { id: 'credentials', to: paths.credentials, icon: KeySquare, operator: true },
  { id: 'discovery', to: paths.discoveryProfiles, icon: Telescope },
  { id: 'plugins', to: paths.plugins, icon: Blocks },
  { id: 'users', to: paths.users, icon: Users, admin: true },
  { id: 'tokens', to: paths.tokens, icon: KeyRound },
  { id: 'audit', to: paths.audit, icon: FileClock, admin: true },
  { id: 'profile', to: paths.profile, icon: UserRound },
  { id: 'extensions', to: paths.extensions, icon: Puzzle },
  { id: 'status', to: paths.status, icon: Activity },
]

/** The pages of Settings with their names. What somebody may not read at all is left out for them. */
export function useSettingsPages(): (SettingsPage & { label: string })[] {
  const { t } = useTranslation('shell')
  const admin = useCan('admin')
  const operator = useCan('operator')
  return PAGES.filter((page) => (admin || !page.admin) && (operator || !page.operator)).map((page) => ({ ...page, label: t(`settings.${page.id}`) }))
}
