import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Device } from '@/api/types'
import { paths } from '@/lib/paths'
import { AddressChip } from '@/ui/AddressChip'
import { DeviceTypeIcon, useDeviceTypeName } from '@/ui/DeviceTypeIcon'
import { TextLink } from '@/ui/LinkButton'
import { Card } from '@/ui/Page'
import { StateMark } from '@/ui/StateMark'
import { Time } from '@/ui/Time'

const SHOWN = 8

/** The devices that were found last, newest first. */
export function RecentDevicesCard({ devices, className }: { devices: readonly Device[]; className: string }) {
  const { t } = useTranslation('overview')
  const all = <TextLink to={paths.inventory} search={{ sort: '-first_seen' }} className="text-sm">{t('show_all')}</TextLink>
  return (
    <Card title={t('recent.title')} className={className} actions={devices.length > 0 && all}>
      {devices.length === 0 && <p className="py-2 text-sm text-muted">{t('recent.empty')}</p>}
      <ul className="-mx-2 flex flex-col">
        {devices.slice(0, SHOWN).map((device) => (
          <RecentDevice key={device.id} device={device} />
        ))}
      </ul>
    </Card>
  )
}

function RecentDevice({ device }: { device: Device }) {
  const typeName = useDeviceTypeName()
  return (
    <li className="relative grid min-h-9 grid-cols-[auto_1fr_auto] items-center gap-x-3 rounded-md px-2 text-sm hover:bg-glass sm:grid-cols-[auto_minmax(0,1.3fr)_minmax(0,1.2fr)_minmax(0,1fr)_6rem]">
      <span title={typeName(device.type)} className="text-muted">
        <DeviceTypeIcon type={device.type} />
      </span>
      <span className="flex min-w-0 items-center gap-2">
        <StateMark state={device.status} compact />
        <Link to={paths.device(device.id)} className="truncate rounded-sm font-medium after:absolute after:inset-0 after:content-['']">
          {device.name}
        </Link>
      </span>
      <span className="relative hidden min-w-0 sm:block">{device.primary_address && <AddressChip address={device.primary_address} />}</span>
      <span className="hidden truncate text-muted sm:block">{device.vendor}</span>
      <span className="relative text-right text-xs text-muted">
        <Time at={device.first_seen} />
      </span>
    </li>
  )
}
