import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { paths } from '@/lib/paths'
import type { SearchState } from '@/lib/use-search-state'
import { NotFoundPage, RouteError } from './RouteError'
import { AppLayout } from './shell/AppLayout'
import { PageSkeleton } from './shell/PageSkeleton'

/** Every route of the web UI, in one place. Pages load when first shown. */

const validateSearch = (search: Record<string, unknown>): SearchState => search as SearchState

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: RouteError })

const login = createRoute({
  getParentRoute: () => root,
  path: paths.login,
  validateSearch,
  component: lazyRouteComponent(() => import('@/features/accounts/LoginPage'), 'LoginPage'),
})

const app = createRoute({ getParentRoute: () => root, id: 'app', component: AppLayout })
const inApp = { getParentRoute: () => app, validateSearch } as const

const overview = createRoute({ ...inApp, path: '/', component: lazyRouteComponent(() => import('./pages/OverviewRoute'), 'OverviewRoute') })
const inventory = createRoute({ ...inApp, path: '/inventory', component: lazyRouteComponent(() => import('./pages/InventoryRoute'), 'InventoryRoute') })
const inbox = createRoute({ ...inApp, path: paths.inbox, component: lazyRouteComponent(() => import('@/features/inventory/inbox/InboxPage'), 'InboxPage') })
const device = createRoute({ ...inApp, path: '/inventory/$deviceId', component: lazyRouteComponent(() => import('@/features/inventory/DevicePage'), 'DevicePage') })
const changes = createRoute({ ...inApp, path: paths.changes, component: lazyRouteComponent(() => import('@/features/history/ChangesPage'), 'ChangesPage') })
const monitors = createRoute({ ...inApp, path: '/monitors', component: lazyRouteComponent(() => import('@/features/monitoring/MonitorsPage'), 'MonitorsPage') })
const monitor = createRoute({ ...inApp, path: '/monitors/$monitorId', component: lazyRouteComponent(() => import('@/features/monitoring/page/MonitorPage'), 'MonitorPage') })
const scans = createRoute({ ...inApp, path: '/scans', component: lazyRouteComponent(() => import('@/features/discovery/ScansPage'), 'ScansPage') })
const newScan = createRoute({ ...inApp, path: '/scans/new', component: lazyRouteComponent(() => import('@/features/discovery/NewScanPage'), 'NewScanPage') })
const coverage = createRoute({ ...inApp, path: paths.coverage, component: lazyRouteComponent(() => import('@/features/discovery/coverage/CoveragePage'), 'CoveragePage') })
const schedules = createRoute({ ...inApp, path: paths.schedules, component: lazyRouteComponent(() => import('@/features/discovery/schedules/SchedulesPage'), 'SchedulesPage') })
const blackouts = createRoute({ ...inApp, path: paths.blackouts, component: lazyRouteComponent(() => import('@/features/discovery/schedules/BlackoutsPage'), 'BlackoutsPage') })
const scan = createRoute({ ...inApp, path: '/scans/$scanId', component: lazyRouteComponent(() => import('@/features/discovery/ScanPage'), 'ScanPage') })

// Whatever is not listed: said inside the shell, where the way on is.
const lost = createRoute({ ...inApp, path: '$', component: NotFoundPage })

const settings = createRoute({ getParentRoute: () => app, path: '/settings', component: lazyRouteComponent(() => import('./shell/SettingsLayout'), 'SettingsLayout') })
const inSettings = { getParentRoute: () => settings, validateSearch } as const
const settingsPages = [
  createRoute({ ...inSettings, path: '/', beforeLoad: () => { throw redirect({ to: paths.networks, replace: true }) } }),
  createRoute({ ...inSettings, path: '/networks', component: lazyRouteComponent(() => import('@/features/inventory/places/NetworksPage'), 'NetworksPage') }),
  createRoute({ ...inSettings, path: '/sites', component: lazyRouteComponent(() => import('@/features/inventory/places/SitesPage'), 'SitesPage') }),
  createRoute({ ...inSettings, path: '/users', component: lazyRouteComponent(() => import('@/features/accounts/UsersPage'), 'UsersPage') }),
  createRoute({ ...inSettings, path: '/tokens', component: lazyRouteComponent(() => import('@/features/accounts/TokensPage'), 'TokensPage') }),
  createRoute({ ...inSettings, path: '/audit', component: lazyRouteComponent(() => import('@/features/accounts/AuditPage'), 'AuditPage') }),
  createRoute({ ...inSettings, path: '/profile', component: lazyRouteComponent(() => import('@/features/accounts/ProfilePage'), 'ProfilePage') }),
  createRoute({ ...inSettings, path: '/status', component: lazyRouteComponent(() => import('@/features/operations/StatusPage'), 'StatusPage') }),
]

/** Addresses that older documents name lead to where the thing is now. */
const moved = (path: string, to: string, search: SearchState = {}) =>
  createRoute({ getParentRoute: () => root, path, beforeLoad: () => { throw redirect({ to, search: search as never, replace: true }) } })
const movedPages = [
  moved('/dashboard', paths.overview),
  moved('/alerts', paths.overview),
  moved('/devices', paths.inventory),
  moved('/nodes', paths.inventory, { type: 'hypervisor' }),
  moved('/vms', paths.inventory, { type: 'virtual_machine' }),
  moved('/services', paths.inventory, { has_open_ports: true }),
  moved('/projects', paths.scans),
  createRoute({ getParentRoute: () => root, path: '/projects/$projectId', beforeLoad: ({ params }) => { throw redirect({ to: paths.scans, search: { project: Number(params.projectId) } as never, replace: true }) } }),
]

const routeTree = root.addChildren([
  login,
  app.addChildren([overview, inventory, inbox, device, changes, monitors, monitor, scans, newScan, coverage, schedules, blackouts, scan, settings.addChildren(settingsPages), lost]),
  ...movedPages,
])

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingMs: 200,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFoundPage,
})

// Paths come from lib/paths.ts as plain strings, so the router is left untyped: the path table is tested instead.
