import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { ChevronLeft, EllipsisVertical, Play, Repeat2, Square, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText, isFinal } from '@/api/errors'
import { useCan } from '@/api/session'
import type { Scan } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { asText, useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { LinkButton } from '@/ui/LinkButton'
import { Menu, MenuItem } from '@/ui/Menu'
import { Notice } from '@/ui/Notice'
import { Page } from '@/ui/Page'
import { SkeletonLines } from '@/ui/Skeleton'
import { Tabs } from '@/ui/Tabs'
import { ChunksTab } from './ChunksTab'
import { DeleteScanDialog } from './DeleteScanDialog'
import { FilesTab } from './FilesTab'
import { HostsTab } from './HostsTab'
import { LogTab } from './LogTab'
import { scanOptions, useResumeScan, useStopScan } from './queries'
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
  const { t } = useTranslation('discovery')
  const format = useFormat()
  const [search, setSearch] = useSearchState()
  const alive = ALIVE.has(scan.status)
  const line = Number(search['line'])
  const live = useScanLive(scan.id, alive, line > 0 ? line : undefined)
  const tabs = [
    { id: 'log', label: t('tab.log'), content: <LogTab scan={scan} live={live} alive={alive} /> },
    { id: 'devices', label: t('tab.devices'), count: format.number(scan.hosts_up), content: <HostsTab scan={scan} alive={alive} /> },
    { id: 'chunks', label: t('tab.chunks'), count: `${format.number(settled(scan))}/${format.number(scan.chunks.total)}`, content: <ChunksTab scan={scan} /> },
    { id: 'files', label: t('tab.files'), content: <FilesTab scan={scan} alive={alive} /> },
  ]
  return (
    <Page fill back={<BackToScans />} name={scanTitle(scan)} title={<span className="break-words">{scanTitle(scan)}</span>} summary={<ScanStateLine scan={scan} live={live} alive={alive} />} actions={<ScanActions scan={scan} />}>
      <ScanFacts scan={scan} />
      <Tabs label={t('tab.label')} tabs={tabs} value={asText(search['tab']) ?? 'log'} onChange={(tab) => setSearch({ tab: tab === 'log' ? undefined : tab, chunk: undefined, line: undefined })} />
    </Page>
  )
}

/** Chunks that are over, whatever their end. */
const settled = ({ chunks }: Scan): number => chunks.done + chunks.partial + chunks.failed + chunks.stopped

function ScanActions({ scan }: { scan: Scan }) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const navigate = useNavigate()
  const allowed = useCan('operator')
  const stop = useStopScan()
  const resume = useResumeScan()
  const [deleting, setDeleting] = useState(false)
  const reason = (can: boolean, why: string) => (allowed ? !can && why : c('role_reason.operator'))
  const error = stop.error ?? resume.error
  return (
    <>
      {scan.can.resume && (
        <Button variant="primary" icon={<Play />} busy={resume.isPending} disabledReason={reason(true, '')} onClick={() => resume.mutate(scan.id)}>
          {t('action.resume')}
        </Button>
      )}
      {ALIVE.has(scan.status) && (
        <Button icon={<Square />} busy={stop.isPending || scan.status === 'stopping'} disabledReason={reason(scan.can.stop, t('reason.stopping'))} onClick={() => stop.mutate(scan.id)}>
          {t('action.stop')}
        </Button>
      )}
      {scan.status === 'completed' && (
        <Button icon={<Repeat2 />} disabledReason={reason(true, '')} onClick={() => void navigate({ to: paths.newScan, search: { from: scan.id } as never })}>
          {t('action.again')}
        </Button>
      )}
      <Menu
        trigger={
          <IconButton label={c('action.more')}>
            <EllipsisVertical />
          </IconButton>
        }
      >
        <MenuItem icon={<Repeat2 />} disabledReason={reason(true, '')} onSelect={() => void navigate({ to: paths.newScan, search: { from: scan.id } as never })}>
          {t('action.again')}
        </MenuItem>
        <MenuItem danger icon={<Trash2 />} disabledReason={reason(scan.can.delete, t('reason.still_running'))} onSelect={() => setDeleting(true)}>
          {c('action.delete')}
        </MenuItem>
      </Menu>
      <DeleteScanDialog scan={scan} open={deleting} onClose={() => setDeleting(false)} onDeleted={() => void navigate({ to: paths.scans })} />
      {error && (
        <Notice tone="down" className="w-full">
          {errorText(error)}
        </Notice>
      )}
    </>
  )
}
