import { useState, type KeyboardEvent } from 'react'
import { cx } from '@/lib/cx'
import { usePhone } from '@/lib/use-media-query'
import type { State } from './StateMark'

export type HeatCell = { id: string | number; state: State | 'running' | 'waiting'; label: string }
type Props = { cells: readonly HeatCell[]; label: string; onOpen?: (id: HeatCell['id']) => void; activeId?: HeatCell['id'] | undefined; /** What stands below while no cell is looked at. */ idle?: string }

const FILLS: Record<HeatCell['state'], string> = {
  up: 'fill-up',
  degraded: 'fill-degraded',
  down: 'fill-down',
  unreachable: 'fill-unreachable/50',
  unknown: 'fill-line-strong',
  maintenance: 'fill-maintenance',
  new: 'fill-accent',
  paused: 'fill-maintenance/60',
  pending: 'fill-line-strong',
  running: 'fill-accent animate-[breathe_1.6s_ease-in-out_infinite]',
  waiting: 'fill-line-strong',
}
/** Height tells the state too, for those who do not see the colours apart. */
const HEIGHTS: Record<HeatCell['state'], number> = { up: 20, new: 20, running: 16, degraded: 14, maintenance: 12, unreachable: 10, down: 20, unknown: 6, waiting: 6, paused: 6, pending: 6 }
const NOTCHED = new Set<HeatCell['state']>(['down', 'unreachable'])

const CELL = 9
const GAP = 3
const HEIGHT = 20
const PER_ROW = 64
const PER_ROW_PHONE = 26

/** Chunks or heartbeats as small cells. One Tab stop; arrow keys move; each cell says its reason below. */
export function HeatStrip({ cells, label, onOpen, activeId, idle }: Props) {
  const [at, setAt] = useState(-1)
  const perRow = Math.min(usePhone() ? PER_ROW_PHONE : PER_ROW, Math.max(1, cells.length))
  const rows = Math.ceil(cells.length / perRow)
  const shown = cells[at] ?? cells.find((cell) => cell.id === activeId)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: perRow, ArrowUp: -perRow }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setAt((index) => Math.min(cells.length - 1, Math.max(0, index + step)))
    } else if (event.key === 'Enter' && cells[at]) onOpen?.(cells[at].id)
  }
  return (
    <div className="min-w-0">
      <div
        role="listbox"
        aria-label={label}
        aria-activedescendant={at >= 0 ? `heat-${cells[at]?.id}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onMouseLeave={() => setAt(-1)}
        className="rounded-sm"
      >
        <svg
          viewBox={`0 0 ${perRow * (CELL + GAP)} ${rows * (HEIGHT + 6)}`}
          className="w-full"
          style={{ maxWidth: perRow * (CELL + GAP) * 1.5 }}
          role="presentation"
        >
          {cells.map((cell, index) => {
            const x = (index % perRow) * (CELL + GAP)
            const y = Math.floor(index / perRow) * (HEIGHT + 6)
            const height = HEIGHTS[cell.state]
            return (
              <g key={cell.id} id={`heat-${cell.id}`} role="option" aria-selected={index === at} aria-label={cell.label} onMouseEnter={() => setAt(index)} onClick={() => onOpen?.(cell.id)} className={cx(onOpen && 'cursor-pointer')}>
                <rect x={x} y={y} width={CELL + GAP} height={HEIGHT} fill="transparent" />
                <rect x={x} y={y + HEIGHT - height} width={CELL} height={height} rx="2" className={FILLS[cell.state]} />
                {NOTCHED.has(cell.state) && <rect x={x} y={y + HEIGHT / 2 - 1.5} width={CELL} height="3" className="fill-surface" />}
                {(index === at || cell.id === activeId) && <rect x={x - 1} y={y - 1} width={CELL + 2} height={HEIGHT + 2} rx="3" fill="none" strokeWidth="1" className="stroke-text" />}
              </g>
            )
          })}
        </svg>
      </div>
      <p aria-live="polite" className="mt-1 min-h-4 truncate text-xs text-muted">
        {shown?.label ?? idle}
      </p>
    </div>
  )
}
