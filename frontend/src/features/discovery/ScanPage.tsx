import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText, isFinal } from '@/api/errors'
import { useList } from '@/api/lists'
import type { Scan } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { asText, useSearchState } from '@/lib/use-search-state'
import { ErrorState } from '@/ui/ErrorState'
import { LinkButton } from '@/ui/LinkButton'
import { Page } from '@/ui/Page'
import { SkeletonLines } from '@/ui/Skeleton'
import { Tabs } from '@/ui/Tabs'
import { ChunksTab } from './ChunksTab'
import { CompareTab } from './cockpit/CompareTab'
import { DifficultTab } from './cockpit/DifficultTab'
import { Heatmap } from './cockpit/Heatmap'
import { difficultOptions } from './cockpit/queries'
import { ScanActions } from './cockpit/ScanActions'
import { FilesTab } from './FilesTab'
import { HostsTab } from './HostsTab'
import { LogTab } from './LogTab'
import { scanOptions } from './queries'
import { SampleTab } from './SampleTab'
import { ScanFacts } from './ScanFacts'
import { ALIVE, scanTitle } from './scan-words'
import { ScanStateLine } from './ScanStateLine'
import { useScanLive } from './use-scan-live'

/** One scan, live while it runs. */
export function ScanPage() {
  const { scanId } = useParams({ strict: false }) as { scanId: string }
  const { t } = useTranslation('shell')
  const query = useQuery(scanOptions(Number(scanId)))
  if (query.data) return <LoadedScan key={query.data.id} scan={query.data} />
  return (
    <Page back={<BackToScans />} title={t('nav.scans')} loading={query.isPending}>
      {query.error ? (
        <div className="card">
          <ErrorState text={errorText(query.error)} onRetry={isFinal(query.error) ? undefined : () => void query.refetch()} action={<LinkButton to={paths.scans}>{t('nav.scans')}</LinkButton>} />
        </div>
      ) : (
        <SkeletonLines lines={8} />
      )}
    </Page>
  )
}

function BackToScans() {
  const { t } = useTranslation('shell')
  return (
    <Link to={paths.scans} className="inline-flex items-center gap-1 text-muted hover:text-text">
      <ChevronLeft aria-hidden className="size-4" />
      {t('nav.scans')}
    </Link>
  )
}

function LoadedScan({ scan }: { scan: Scan }) {
  const { t } = useTranslation(['discovery', 'cockpit'])
  const format = useFormat()
  const difficult = useList(difficultOptions(scan.id)).total ?? 0
  const [search, setSearch] = useSearchState()
  const alive = ALIVE.has(scan.status)
  const line = Number(search['line'])
  // A scan that is over opens at what it found. One that ends while somebody watches stays where it is.
  const [first] = useState(alive ? 'log' : scan.profile === 'sample' ? 'sample' : 'devices')
  const live = useScanLive(scan.id, alive, line > 0 ? line : undefined)
  const tabs = [
    { id: 'log', label: t('tab.log'), content: <LogTab scan={scan} live={live} alive={alive} /> },
    ...(scan.profile === 'sample' ? [{ id: 'sample', label: t('tab.sample'), content: <SampleTab scan={scan} alive={alive} /> }] : []),
    { id: 'devices', label: t('tab.devices'), count: format.number(scan.hosts_up), content: <HostsTab scan={scan} alive={alive} /> },
    { id: 'chunks', label: t('tab.chunks'), count: `${format.number(settled(scan))}/${format.number(scan.chunks.total)}`, content: <ChunksTab scan={scan} /> },
    ...(difficult > 0 || search['tab'] === 'difficult' ? [{ id: 'difficult', label: t('cockpit:tab.difficult'), count: format.number(difficult), content: <DifficultTab scan={scan} /> }] : []),
    { id: 'compare', label: t('cockpit:tab.compare'), content: <CompareTab scan={scan} /> },
    { id: 'files', label: t('tab.files'), content: <FilesTab scan={scan} alive={alive} /> },
  ]
  return (
    <Page fill back={<BackToScans />} name={scanTitle(scan)} title={<span className="break-words">{scanTitle(scan)}</span>} summary={<ScanStateLine scan={scan} live={live} alive={alive} />} actions={<ScanActions scan={scan} />}>
      <ScanFacts scan={scan} />
      <Heatmap scan={scan} alive={alive} />
      <Tabs label={t('tab.label')} tabs={tabs} value={asText(search['tab']) ?? (line > 0 ? 'log' : first)} onChange={(tab) => setSearch({ tab: tab === first ? undefined : tab, chunk: undefined, line: undefined, kind: undefined, with: undefined, sort: undefined })} />
    </Page>
  )
}

/** Chunks that are over, whatever their end. */
const settled = ({ chunks }: Scan): number => chunks.done + chunks.partial + chunks.failed + chunks.stopped + chunks.parked
