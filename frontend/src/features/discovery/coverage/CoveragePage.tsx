import { useQuery } from '@tanstack/react-query'
import { MapPinned } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useSiteId } from '@/api/site'
import type { NetworkCoverage } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LinkButton } from '@/ui/LinkButton'
import { Page } from '@/ui/Page'
import { SkeletonLines } from '@/ui/Skeleton'
import { IndirectTable } from './IndirectTable'
import { NetworkCard } from './NetworkCard'
import { coverageOptions } from './queries'
import { StripLegend } from './RangeStrip'
import { ScansNav } from './ScansNav'

/** What of the networks was asked, what never was, and what is known only because something else told of it. */
export function CoveragePage() {
  const { t } = useTranslation('coverage')
  const { data, error, refetch } = useQuery(coverageOptions(useSiteId()))
  return (
    <Page title={t('title')} summary={data ? <Headline networks={data.items} /> : ' '}>
      <ScansNav />
      {error && <div className="card"><ErrorState text={errorText(error)} onRetry={() => void refetch()} /></div>}
      {!data && !error && <div className="card p-5" aria-busy="true"><SkeletonLines lines={6} /></div>}
      {data && (data.items.length === 0 ? <NoNetworks /> : <Networks networks={data.items} />)}
    </Page>
  )
}

function Networks({ networks }: { networks: readonly NetworkCoverage[] }) {
  return (
    <>
      <div className="flex flex-col gap-3">
        <StripLegend />
        <ul className="flex flex-col gap-3">
          {networks.map((network) => (
            <NetworkCard key={network.network_id} network={network} />
          ))}
        </ul>
      </div>
      <IndirectTable />
    </>
  )
}

function NoNetworks() {
  const { t } = useTranslation('coverage')
  return (
    <div className="card">
      <EmptyState icon={<MapPinned />} title={t('empty.title')} action={<LinkButton variant="primary" to={paths.networks}>{t('empty.action')}</LinkButton>}>
        {t('empty.text')}
      </EmptyState>
    </div>
  )
}

/** The gaps in numbers; IPv6 networks are never asked as a whole and do not count as gaps. */
function Headline({ networks }: { networks: readonly NetworkCoverage[] }) {
  const { t } = useTranslation('coverage')
  const format = useFormat()
  if (networks.length === 0) return t('empty.title')
  const never = networks.filter((item) => !item.network.includes(':')).reduce((sum, item) => sum + item.never_asked, 0)
  const indirect = networks.reduce((sum, item) => sum + item.indirect, 0)
  const parts = [
    ...(never > 0 ? [t('summary.never', { count: never, formatted: format.number(never) })] : []),
    ...(indirect > 0 ? [t('summary.indirect', { count: indirect, formatted: format.number(indirect) })] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : t('summary.all')
}
