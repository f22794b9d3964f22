import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Overview } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { BarList } from '@/ui/BarList'
import { DeviceTypeIcon, useDeviceTypeName } from '@/ui/DeviceTypeIcon'
import { TextLink } from '@/ui/LinkButton'
import { Card } from '@/ui/Page'
import { StateMark } from '@/ui/StateMark'

const SHOWN = 6

/** The number that a card is about, with what qualifies it. */
function Figure({ value, children }: { value: number; children?: ReactNode }) {
  const format = useFormat()
  return (
    <div className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <span className="text-2xl font-semibold tracking-tight">{format.number(value)}</span>
      <span className="flex flex-wrap gap-x-3 text-sm text-muted">{children}</span>
    </div>
  )
}

export function DevicesCard({ devices, className }: { devices: Overview['devices']; className: string }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const typeName = useDeviceTypeName()
  const unknown = devices.total - devices.up
  return (
    <Card title={t('devices.title')} className={className} actions={<TextLink to={paths.inventory} className="text-sm">{t('show_all')}</TextLink>}>
      <Figure value={devices.total}>
        <StateMark state="up" label={t('devices.up', { count: devices.up, formatted: format.number(devices.up) })} />
        {unknown > 0 && <StateMark state="unknown" label={t('devices.unknown', { count: unknown, formatted: format.number(unknown) })} />}
        {devices.new_24h > 0 && devices.new_24h < devices.total && <StateMark state="new" label={t('devices.new', { count: devices.new_24h, formatted: format.number(devices.new_24h) })} />}
      </Figure>
      {devices.by_type.length === 0 && <p className="text-sm text-muted">{t('devices.empty')}</p>}
      <BarList
        label={t('devices.by_type')}
        bars={devices.by_type.slice(0, SHOWN).map(({ type, count }) => ({
          key: type ?? 'unknown',
          icon: <DeviceTypeIcon type={type} />,
          label: typeName(type),
          count,
          to: paths.inventory,
          search: { type: type ?? undefined },
        }))}
      />
    </Card>
  )
}

export function PortsCard({ ports, className }: { ports: Overview['ports']; className: string }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  return (
    <Card title={t('ports.title')} className={className}>
      <Figure value={ports.open}>
        {ports.new_24h > 0 && ports.new_24h < ports.open ? <StateMark state="new" label={t('ports.new', { count: ports.new_24h, formatted: format.number(ports.new_24h) })} /> : t('ports.on_devices')}
      </Figure>
      {ports.top.length === 0 && <p className="text-sm text-muted">{t('ports.empty')}</p>}
      <BarList
        label={t('ports.top')}
        bars={ports.top.slice(0, SHOWN).map(({ port, service, count }) => ({
          key: String(port),
          label: <span className="mono inline-block w-10 text-right">{port}</span>,
          detail: service,
          count,
          to: paths.inventory,
          search: { port },
        }))}
      />
    </Card>
  )
}
