import { useTranslation } from 'react-i18next'
import type { Device } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { portLabel } from './ports'

const SHOWN = 4

/** The first of a device's open ports as chips, and how many more; the count alone where the server sends no list. */
export function OpenPorts({ device }: { device: Device }) {
  const { t } = useTranslation('inventory')
  const format = useFormat()
  const ports = device.ports ?? []
  if (device.ports_open === 0) return <span className="text-muted">–</span>
  const more = device.ports_open - Math.min(SHOWN, ports.length)
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden" title={ports.map(portLabel).join('\n') || undefined}>
      {ports.slice(0, SHOWN).map((port) => (
        <span key={`${port.protocol}${port.port}`} className="mono rounded-sm bg-sunken px-1.5">
          {port.port}
        </span>
      ))}
      {ports.length === 0 ? (
        <span className="text-muted">{t('ports_open', { count: device.ports_open, formatted: format.number(device.ports_open) })}</span>
      ) : (
        more > 0 && <span className="text-xs text-muted">+{format.number(more)}</span>
      )}
    </span>
  )
}
