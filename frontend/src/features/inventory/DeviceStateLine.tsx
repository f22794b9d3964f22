import { useTranslation } from 'react-i18next'
import type { Device } from '@/api/types'
import { Badge } from '@/ui/Badge'
import { DeviceTypeIcon, useDeviceTypeName } from '@/ui/DeviceTypeIcon'
import { useSourceName } from '@/ui/source-name'
import { StateMark } from '@/ui/StateMark'
import { isNew } from './device-columns'

/** State in words, what it is, and who says so. */
export function DeviceStateLine({ device }: { device: Device }) {
  const { t } = useTranslation('inventory')
  const typeName = useDeviceTypeName()
  const sourceName = useSourceName()
  return (
    <div className="flex flex-wrap items-center gap-x-3.5 gap-y-1.5 text-base">
      <StateMark state={device.status === 'up' ? 'up' : 'unknown'} />
      <span className="inline-flex items-center gap-1.5 text-muted">
        <DeviceTypeIcon type={device.type} />
        {typeName(device.type)}
      </span>
      {device.sources.map((source) => (
        <Badge key={source}>{sourceName(source)}</Badge>
      ))}
      {device.manual && <Badge>{t('by_hand')}</Badge>}
      {isNew(device) && <Badge tone="accent">{t('new')}</Badge>}
    </div>
  )
}
