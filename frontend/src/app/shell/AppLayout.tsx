import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { applyProfile } from '@/api/profile'
import { useSession } from '@/api/session'
import { StorageNotice } from '@/features/monitoring/StorageNotice'
import { paths } from '@/lib/paths'
import { CommandPalette } from './CommandPalette'
import { KeySheet } from './KeySheet'
import { PageSkeleton } from './PageSkeleton'
import { BottomBar, Rail } from './Rail'
import { TopBar } from './TopBar'
import { useLiveUpdates } from './use-live-updates'
import { useShellKeys } from './use-shell-keys'

/** The shell around every page: only for people who are logged in. */
export function AppLayout() {
  const { status } = useSession()
  return status === 'in' ? <Shell /> : <ToLogin />
}

/** Goes to the login page once, with the address that was asked for: the way there changes the address itself. */
function ToLogin() {
  const navigate = useNavigate()
  const { href } = useLocation()
  const [wanted] = useState(href)
  useEffect(() => {
    void navigate({ to: paths.login, search: (wanted === '/' ? {} : { next: wanted }) as never, replace: true })
  }, [navigate, wanted])
  return <PageSkeleton />
}

function Shell() {
  const { t } = useTranslation('shell')
  const { pathname } = useLocation()
  const [panel, setPanel] = useState<'palette' | 'keys' | null>(null)
  const main = useRef<HTMLElement>(null)
  const close = () => setPanel(null)
  useLiveUpdates()
  useShellKeys(setPanel)
  useProfileOnLogin()
  useEffect(() => {
    main.current?.scrollTo(0, 0)
  }, [pathname])
  return (
    <div className="flex h-dvh flex-col sm:flex-row">
      <a href="#main" className="sr-only focus:not-sr-only focus:fixed! focus:top-3 focus:left-3 focus:z-50 focus:rounded-md focus:bg-raised focus:px-4! focus:py-2! focus:shadow-lifted">
        {t('skip')}
      </a>
      <Rail />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <TopBar onSearch={() => setPanel('palette')} onKeys={() => setPanel('keys')} />
        <main ref={main} id="main" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
          <StorageNotice />
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <BottomBar />
      <CommandPalette open={panel === 'palette'} onClose={close} onKeys={() => setPanel('keys')} />
      <KeySheet open={panel === 'keys'} onClose={close} />
    </div>
  )
}

/** After a login, the person's own language and theme hold. */
function useProfileOnLogin(): void {
  const { user } = useSession()
  const id = user?.id
  const latest = useRef(user)
  useEffect(() => {
    latest.current = user
  })
  useEffect(() => {
    if (latest.current) void applyProfile(latest.current)
  }, [id])
}
