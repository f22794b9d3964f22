import type { Port } from '@/api/types'
import { useFormat } from '@/i18n/use-format'

const SHOWN = 5

type Shown = Pick<Port, 'port' | 'protocol' | 'service' | 'state'>

/** The first few open ports, and how many more. */
export function PortChips({ ports, count }: { ports: readonly Shown[]; count: number }) {
  const format = useFormat()
  const open = ports.filter((port) => port.state === 'open')
  if (open.length === 0) return <span className="text-muted">{count > 0 ? format.number(count) : '–'}</span>
  const more = Math.max(count, open.length) - Math.min(open.length, SHOWN)
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden" title={open.map((port) => `${port.port}/${port.protocol} ${port.service ?? ''}`.trim()).join('\n')}>
      {open.slice(0, SHOWN).map((port) => (
        <span key={`${port.protocol}${port.port}`} className="mono rounded-sm bg-sunken px-1.5 text-text">
          {port.port}
        </span>
      ))}
      {more > 0 && <span className="text-xs text-muted">+{format.number(more)}</span>}
    </span>
  )
}
