import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Device } from '@/api/types'
import { paths } from '@/lib/paths'
import { AddressChip } from '@/ui/AddressChip'
import { Badge } from '@/ui/Badge'
import { DeviceTypeIcon, useDeviceTypeName } from '@/ui/DeviceTypeIcon'
import { useSourceName } from '@/ui/source-name'
import { StateMark } from '@/ui/StateMark'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { DeviceAddressMenu } from './DeviceAddressMenu'
import { OpenPorts } from './OpenPorts'

const DAY_MS = 86_400_000
/** How many tags fit: in a cell of the table, and where there is room. */
const FEW_TAGS = { cell: 1, room: 8 }

/** Known for less than a day. */
export const isNew = (device: Pick<Device, 'first_seen'>, now: number = Date.now()): boolean => now - Date.parse(device.first_seen) < DAY_MS

export function useDeviceColumns(): Column<Device>[] {
  const { t } = useTranslation('inventory')
  const typeName = useDeviceTypeName()
  const sourceName = useSourceName()
  return [
    { id: 'name', header: t('column.name'), sort: 'name', width: 228, minWidth: 150, fixed: true, cell: (device) => <DeviceName device={device} /> },
    { id: 'type', header: t('column.type'), sort: 'type', width: 140, hidden: true, cell: (device) => (device.type ? typeName(device.type) : <Nothing />) },
    { id: 'address', header: t('column.address'), sort: 'address', width: 146, cell: (device) => <PrimaryAddress device={device} /> },
    { id: 'mac', header: t('column.mac'), sort: 'vendor', width: 236, cell: (device) => <MacAndVendor device={device} /> },
    { id: 'os', header: t('column.os'), width: 136, cell: (device) => <span title={device.os ?? undefined}>{device.os ?? <Nothing />}</span> },
    { id: 'ports', header: t('column.ports'), sort: 'ports', width: 156, cell: (device) => <OpenPorts device={device} /> },
    { id: 'tags', header: t('column.tags'), width: 124, cell: (device) => <TagChips space="cell" tags={device.tags} /> },
    { id: 'sources', header: t('column.sources'), width: 140, hidden: true, cell: (device) => device.sources.map(sourceName).join(', ') || <Nothing /> },
    { id: 'first_seen', header: t('column.first_seen'), sort: 'first_seen', width: 120, hidden: true, cell: (device) => <Time at={device.first_seen} /> },
    { id: 'last_seen', header: t('column.last_seen'), sort: 'last_seen', width: 124, cell: (device) => <Time at={device.last_seen} /> },
  ]
}

export const Nothing = () => <span className="text-muted">–</span>

export function DeviceName({ device }: { device: Device }) {
  const { t } = useTranslation('inventory')
  const typeName = useDeviceTypeName()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <StateMark compact state={device.status === 'up' ? 'up' : 'unknown'} />
      <span className="shrink-0 text-muted" title={typeName(device.type)}>
        <DeviceTypeIcon type={device.type} />
      </span>
      <Link to={paths.device(device.id)} title={device.name} className="min-w-0 truncate font-medium hover:text-accent-text">
        {device.name}
      </Link>
      {isNew(device) && <StateMark compact state="new" label={t('new')} />}
    </span>
  )
}

function PrimaryAddress({ device }: { device: Device }) {
  if (!device.primary_address) return <Nothing />
  return <AddressChip plain address={device.primary_address} menu={<DeviceAddressMenu address={device.primary_address} deviceId={device.id} />} />
}

function MacAndVendor({ device }: { device: Device }) {
  if (!device.mac && !device.vendor) return <Nothing />
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      {device.mac && <span className="mono shrink-0">{device.mac}</span>}
      <span className="min-w-0 truncate text-muted" title={device.vendor ?? undefined}>
        {device.vendor}
      </span>
    </span>
  )
}

export function TagChips({ tags, space = 'room' }: { tags: readonly string[]; space?: keyof typeof FEW_TAGS }) {
  const few = FEW_TAGS[space]
  if (tags.length === 0) return <Nothing />
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden" title={tags.join(', ')}>
      {tags.slice(0, few).map((tag) => (
        <span key={tag} className="inline-flex min-w-8">
          <Badge>{tag}</Badge>
        </span>
      ))}
      {tags.length > few && <span className="shrink-0 text-xs text-muted">+{tags.length - few}</span>}
    </span>
  )
}

/** A device as a card, at phone width. */
export function DeviceCard({ device }: { device: Device }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center justify-between gap-3">
        <DeviceName device={device} />
        <span className="shrink-0 text-xs text-muted">
          <Time at={device.last_seen} />
        </span>
      </div>
      <div className="flex min-w-0 items-baseline gap-2 text-sm text-muted">
        <span className="mono shrink-0 text-text">{device.primary_address ?? device.mac}</span>
        <span className="min-w-0 truncate">{[device.vendor, device.os].filter(Boolean).join(' · ')}</span>
      </div>
      {device.ports_open + device.tags.length > 0 && (
        <div className="flex min-w-0 items-center gap-2 text-sm">
          {device.ports_open > 0 && <OpenPorts device={device} />}
          {device.tags.length > 0 && <TagChips tags={device.tags} />}
        </div>
      )}
    </div>
  )
}
