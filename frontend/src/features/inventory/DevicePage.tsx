import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { ChevronLeft, Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText, isFinal } from '@/api/errors'
import { useCan } from '@/api/session'
import type { Device } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { asText, useSearchState } from '@/lib/use-search-state'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { LinkButton } from '@/ui/LinkButton'
import { Page } from '@/ui/Page'
import { SkeletonLines } from '@/ui/Skeleton'
import { Tabs } from '@/ui/Tabs'
import { Time } from '@/ui/Time'
import { DeviceActions } from './DeviceActions'
import { DeviceStateLine } from './DeviceStateLine'
import { EvidenceTab } from './EvidenceTab'
import { FactForm } from './FactLine'
import { PortsTab } from './PortsTab'
import { DeviceChangesTab } from '@/features/history/DeviceChangesTab'
import { MetricsTab } from '@/features/monitoring/device/MetricsTab'
import { MonitorsTab } from '@/features/monitoring/device/MonitorsTab'
import { deviceOptions } from './queries'
import { SummaryTab } from './SummaryTab'

/** The page that everything links to: one device, whatever told us about it. */
export function DevicePage() {
  const { deviceId } = useParams({ strict: false }) as { deviceId: string }
  const { t } = useTranslation('shell')
  const query = useQuery(deviceOptions(Number(deviceId)))
  if (query.data) return <LoadedDevice key={query.data.id} device={query.data} />
  return (
    <Page back={<BackToInventory />} title={t('nav.inventory')} loading={query.isPending}>
      {query.error ? (
        <div className="card">
          <ErrorState text={errorText(query.error)} onRetry={isFinal(query.error) ? undefined : () => void query.refetch()} action={<LinkButton to={paths.inventory}>{t('nav.inventory')}</LinkButton>} />
        </div>
      ) : (
        <SkeletonLines lines={9} />
      )}
    </Page>
  )
}

function BackToInventory() {
  const { t } = useTranslation('shell')
  return (
    <Link to={paths.inventory} className="inline-flex items-center gap-1 text-muted hover:text-text">
      <ChevronLeft aria-hidden className="size-4" />
      {t('nav.inventory')}
    </Link>
  )
}

function LoadedDevice({ device }: { device: Device }) {
  const { t } = useTranslation('inventory')
  const format = useFormat()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchState()
  const tabs = [
    { id: 'summary', label: t('tab.summary'), content: <SummaryTab device={device} /> },
    { id: 'ports', label: t('tab.ports'), count: format.number(device.ports_open), content: <PortsTab device={device} /> },
    { id: 'metrics', label: t('tab.metrics'), content: <MetricsTab device={device} /> },
    { id: 'monitors', label: t('tab.monitors'), content: <MonitorsTab device={device} /> },
    { id: 'changes', label: t('tab.changes'), content: <DeviceChangesTab device={device} /> },
    { id: 'evidence', label: t('tab.evidence'), content: <EvidenceTab device={device} /> },
  ]
  return (
    <Page
      back={<BackToInventory />}
      name={device.name}
      title={<EditableName device={device} />}
      summary={<Summary device={device} />}
      actions={<DeviceActions device={device} onDeleted={() => void navigate({ to: paths.inventory })} />}
    >
      <Tabs label={t('tab.label')} tabs={tabs} value={asText(search['tab']) ?? 'summary'} onChange={(tab) => setSearch({ tab: tab === 'summary' ? undefined : tab })} />
    </Page>
  )
}

/** Renaming is fixing: from then on no machine changes the name. */
function EditableName({ device }: { device: Device }) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  const [editing, setEditing] = useState(false)
  const reason = !useCan('operator') && c('role_reason.operator')
  if (editing) {
    return (
      <span className="flex max-w-140 text-base font-normal tracking-normal">
        <FactForm device={device} field="name" value={device.name} onDone={() => setEditing(false)} />
      </span>
    )
  }
  return (
    <span className="flex items-center gap-1.5">
      <span className="min-w-0 break-words">{device.name}</span>
      <IconButton size="sm" label={t('rename')} disabledReason={reason} onClick={() => setEditing(true)}>
        <Pencil />
      </IconButton>
    </span>
  )
}

function Summary({ device }: { device: Device }) {
  const { t } = useTranslation('inventory')
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <DeviceStateLine device={device} />
      <span className="text-sm">
        {t('column.last_seen')} <Time at={device.last_seen} />
        <span aria-hidden> · </span>
        {t('column.first_seen')} <Time at={device.first_seen} />
      </span>
    </div>
  )
}
