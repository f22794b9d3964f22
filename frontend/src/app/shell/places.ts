import { Activity, History, Inbox, LayoutDashboard, Radar, Server, Settings, type LucideIcon } from 'lucide-react'
import { paths } from '@/lib/paths'

/** The places of the rail, in order. A place is listed when it is built. */
export type Place = { id: 'overview' | 'inbox' | 'inventory' | 'changes' | 'monitors' | 'scans' | 'settings'; to: string; icon: LucideIcon; key: string; exact?: boolean; also?: string }

export const PLACES: readonly Place[] = [
  { id: 'overview', to: paths.overview, icon: LayoutDashboard, key: 'o', exact: true },
  { id: 'inventory', to: paths.inventory, icon: Server, key: 'i' },
  { id: 'inbox', to: paths.inbox, icon: Inbox, key: 'n' },
  { id: 'changes', to: paths.changes, icon: History, key: 'c' },
  { id: 'monitors', to: paths.monitors, icon: Activity, key: 'm' },
  { id: 'scans', to: paths.scans, icon: Radar, key: 's', also: paths.projects },
]
export const SETTINGS_PLACE: Place = { id: 'settings', to: paths.settings, icon: Settings, key: 'e' }

export const isCurrent = (place: Place, pathname: string): boolean =>
  place.exact ? pathname === place.to : pathname.startsWith(place.to) || (place.also !== undefined && pathname.startsWith(place.also))
