import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import { useSiteId } from '@/api/site'
import type { Overview } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { LinkButton } from '@/ui/LinkButton'
import { Page } from '@/ui/Page'
import { DevicesCard, PortsCard } from './InventoryCards'
import { NetworksCard } from './NetworksCard'
import { OverviewSkeleton } from './OverviewSkeleton'
import { overviewQuery } from './queries'
import { RecentDevicesCard } from './RecentDevicesCard'
import { ScansCard } from './ScansCard'

/** What is known so far. `setup` is what a fresh installation shows instead: which networks may be scanned. */
export function OverviewPage({ setup, top }: { setup: ReactNode; top?: ReactNode }) {
  const { t } = useTranslation('overview')
  const siteId = useSiteId()
  const { data, error, refetch } = useQuery(overviewQuery(siteId))
  if (data?.needs_setup) return setup
  return (
    <Page title={t('title')} summary={data ? <Headline overview={data} /> : ' '} actions={<ScanAction />}>
      {top}
      {data ? <Cards overview={data} /> : error ? <div className="card"><ErrorState text={errorText(error)} onRetry={() => void refetch()} /></div> : <OverviewSkeleton />}
    </Page>
  )
}

function Headline({ overview }: { overview: Overview }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { devices, scans } = overview
  const parts = [t('headline.devices', { count: devices.total, formatted: format.number(devices.total) })]
  if (devices.new_24h > 0 && devices.new_24h < devices.total) parts.push(t('headline.new', { count: devices.new_24h, formatted: format.number(devices.new_24h) }))
  if (scans.running.length > 0) parts.push(t('headline.running', { count: scans.running.length }))
  return parts.join(', ')
}

function ScanAction() {
  const { t } = useTranslation(['overview', 'common'])
  const allowed = useCan('operator')
  if (!allowed) {
    return (
      <Button variant="primary" icon={<Plus />} disabledReason={t('common:role_reason.operator')}>
        {t('scan_network')}
      </Button>
    )
  }
  return (
    <LinkButton to={paths.newScan} variant="primary" icon={<Plus />}>
      {t('scan_network')}
    </LinkButton>
  )
}

const Cards = ({ overview }: { overview: Overview }) => (
  <div className="grid gap-4 md:grid-cols-2 lg:grid-cols-12">
    <DevicesCard devices={overview.devices} className="lg:col-span-4" />
    <PortsCard ports={overview.ports} className="lg:col-span-4" />
    <NetworksCard networks={overview.networks} className="md:col-span-2 lg:col-span-4 lg:self-start" />
    <ScansCard scans={overview.scans} className="md:col-span-2 lg:col-span-5 lg:self-start" />
    <RecentDevicesCard devices={overview.recent_devices} className="md:col-span-2 lg:col-span-7" />
  </div>
)
