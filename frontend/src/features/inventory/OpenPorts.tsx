import { useTranslation } from 'react-i18next'
import type { Device } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { portLabel } from './ports'

const SHOWN = 3

/** The first of a device's open ports as chips, and how many more; the count alone where the server sends no list. */
export function OpenPorts({ device }: { device: Device }) {
  const { t } = useTranslation('inventory')
  const format = useFormat()
  const ports = device.ports ?? []
  // DNS answers by TCP and UDP alike: one number is one chip.
  const numbers = [...new Set(ports.map((each) => each.port))]
  if (device.ports_open === 0) return <span className="text-muted">–</span>
  const more = device.ports_open - ports.filter((each) => numbers.indexOf(each.port) < SHOWN).length
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden" title={ports.map(portLabel).join('\n') || undefined}>
      {numbers.slice(0, SHOWN).map((number) => (
        <span key={number} className="mono rounded-sm bg-sunken px-1.5">
          {number}
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
