import { Link, useNavigate } from '@tanstack/react-router'
import { Radar } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import type { Host, Scan } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { AddressChip } from '@/ui/AddressChip'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { TarpitBadge } from './cockpit/DifficultTab'
import { difficultOptions } from './cockpit/queries'
import { PortChips } from './PortChips'
import { hostsOptions } from './queries'

/** What this scan found; fills while it runs. */
export function HostsTab({ scan, alive }: { scan: Scan; alive: boolean }) {
  const { t } = useTranslation('discovery')
  const navigate = useNavigate()
  const list = useList(hostsOptions(scan.id))
  const columns = useHostColumns(useDifficult(scan.id))
  const open = (host: Host) => host.device_id !== null && void navigate({ to: paths.device(host.device_id) })
  return (
    <DataTable
      fill
      name="scan-hosts"
      label={t('tab.devices')}
      rows={list.rows}
      columns={columns}
      rowKey={(host) => String(host.id)}
      loading={list.loading}
      error={list.error && errorText(list.error)}
      onRetry={list.retry}
      total={list.total}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onMore={list.onMore}
      onOpen={open}
      card={(host) => <HostCard host={host} />}
      empty={
        <EmptyState compact icon={<Radar />} title={alive ? t('hosts.waiting_title') : t('hosts.none_title')}>
          {alive ? t('hosts.waiting_text') : t('hosts.none_text')}
        </EmptyState>
      }
    />
  )
}

/** The addresses of the scan that were put aside, with the reason's code. */
function useDifficult(scanId: number): ReadonlyMap<string, string> {
  const { rows } = useList(difficultOptions(scanId))
  return useMemo(() => new Map(rows.map((target) => [target.address, target.code])), [rows])
}

function useHostColumns(difficult: ReadonlyMap<string, string>): Column<Host>[] {
  const { t } = useTranslation('discovery')
  const format = useFormat()
  return [
    { id: 'address', header: t('hosts.address'), width: 150, fixed: true, cell: (host) => (host.address ? <AddressChip plain address={host.address} /> : <Nothing />) },
    { id: 'name', header: t('hosts.name'), width: 210, cell: (host) => <HostName host={host} /> },
    { id: 'mac', header: t('hosts.mac'), width: 250, cell: (host) => <Mac host={host} /> },
    { id: 'os', header: t('hosts.os'), width: 180, cell: (host) => <span title={host.os ?? undefined}>{host.os ?? <Nothing />}</span> },
    { id: 'ports', header: t('column.ports'), width: 260, cell: (host) => (host.address && difficult.get(host.address) === 'tarpit' ? <TarpitBadge /> : <PortChips ports={host.ports} count={host.ports_open} />) },
    { id: 'count', header: t('hosts.count'), width: 80, align: 'end', hidden: true, cell: (host) => format.number(host.ports_open) },
    { id: 'seen', header: t('hosts.seen'), width: 120, cell: (host) => <Time at={host.observed_at} /> },
  ]
}

const Nothing = () => <span className="text-muted">–</span>

function HostName({ host }: { host: Host }) {
  const { t } = useTranslation('discovery')
  const name = host.hostname ?? (host.device_id === null ? null : t('hosts.open_device'))
  if (host.device_id === null) return <span title={host.hostname ?? undefined}>{name ?? <Nothing />}</span>
  return (
    <Link to={paths.device(host.device_id)} title={name ?? undefined} className={host.hostname ? 'font-medium hover:text-accent-text' : 'text-muted hover:text-accent-text'}>
      {name}
    </Link>
  )
}

function Mac({ host }: { host: Host }) {
  if (!host.mac) return <Nothing />
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="mono shrink-0">{host.mac}</span>
      <span className="min-w-0 truncate text-muted" title={host.vendor ?? undefined}>
        {host.vendor}
      </span>
    </span>
  )
}

function HostCard({ host }: { host: Host }) {
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center justify-between gap-3">
        {host.address && <AddressChip plain address={host.address} />}
        <span className="min-w-0 truncate">
          <HostName host={host} />
        </span>
      </div>
      {host.vendor && <span className="truncate text-sm text-muted">{host.vendor}</span>}
      <PortChips ports={host.ports} count={host.ports_open} />
    </div>
  )
}
