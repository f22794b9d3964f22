import { useTranslation } from 'react-i18next'
import type { Device, DeviceAddress } from '@/api/types'
import { AddressChip } from '@/ui/AddressChip'
import { Time } from '@/ui/Time'
import { useSourceName } from '@/ui/source-name'
import { Nothing } from './device-columns'
import { DeviceAddressMenu } from './DeviceAddressMenu'

const ORDER: Record<DeviceAddress['kind'], number> = { ipv4: 0, ipv6: 1, mac: 2, name: 3 }

/** Everything that the device answers to; none of it is the device. */
export function AddressList({ device }: { device: Device }) {
  const { t } = useTranslation('inventory')
  const sourceName = useSourceName()
  const addresses = [...(device.addresses ?? [])].sort((a, b) => ORDER[a.kind] - ORDER[b.kind])
  if (addresses.length === 0) return <Nothing />
  return (
    <ul className="flex flex-col text-sm">
      {addresses.map((address) => (
        <li key={`${address.kind}${address.address}`} className="flex min-h-8 items-center gap-x-3 border-b max-sm:flex-wrap border-line/60 py-1 last:border-b-0">
          <span className="w-14 shrink-0 text-xs text-muted">{t(`kind.${address.kind}`)}</span>
          <span className="min-w-0 flex-1 max-sm:basis-56">
            <AddressChip plain address={address.address} menu={address.kind === 'ipv4' || address.kind === 'ipv6' ? <DeviceAddressMenu address={address.address} /> : undefined} />
          </span>
          <span className="shrink-0 truncate text-xs text-muted max-sm:pl-17">
            {sourceName(address.source)}, <Time at={address.last_seen} />
          </span>
        </li>
      ))}
    </ul>
  )
}
