import { useQuery } from '@tanstack/react-query'
import { Grid3x3, Rows3 } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scan } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { cx } from '@/lib/cx'
import { paths } from '@/lib/paths'
import { readPreference, writePreference } from '@/lib/storage'
import { IconButton } from '@/ui/IconButton'
import { LinkButton } from '@/ui/LinkButton'
import { heatmapOptions, type HeatCell } from './queries'

/** What a cell looks like: how far it is, and how much was found. Shape and colour both tell. */
type Look = 'waiting' | 'running' | 'silent' | 'one' | 'found' | 'many' | 'difficult' | 'failed'
const LOOKS: readonly Look[] = ['waiting', 'running', 'silent', 'one', 'found', 'many', 'difficult', 'failed']

const FILLS: Record<Look, string> = {
  waiting: 'fill-transparent stroke-line-strong',
  running: 'fill-accent/40 animate-[breathe_1.6s_ease-in-out_infinite]',
  silent: 'fill-line',
  one: 'fill-up',
  found: 'fill-up/60',
  many: 'fill-up',
  difficult: 'fill-degraded',
  failed: 'fill-down',
}

const MANY = 0.5
const CELL = 10
const GAP = 2
const PITCH = CELL + GAP
const LEAST_WIDTH = 11
const MOST_ROWS = 12

export function lookOf(cell: HeatCell): Look {
  if (cell.addresses === 1 && cell.up > 0 && cell.difficult === 0) return 'one'
  if (cell.difficult > 0 || cell.status === 'parked') return 'difficult'
  if (cell.status === 'failed' || cell.status === 'partial') return cell.up > 0 ? 'found' : 'failed'
  if (cell.up > 0) return cell.up / cell.addresses >= MANY ? 'many' : 'found'
  if (cell.asked >= cell.addresses || cell.status === 'done') return 'silent'
  return cell.status === 'running' ? 'running' : 'waiting'
}

export const rangeOf = (cell: HeatCell): string => (cell.first === cell.last ? cell.first : `${cell.first}-${cell.last}`)

/** Where in the address range the scan is, what it found there and where it had trouble. A map, or the same as a table. */
export function Heatmap({ scan, alive }: { scan: Scan; alive: boolean }) {
  const { t } = useTranslation('cockpit')
  const { data } = useQuery(heatmapOptions(scan.id, scan.address_count, alive))
  const [asTable, setAsTable] = useState(() => readPreference('heatmap') === 'table')
  const cells = data?.cells ?? []
  if (cells.length < 2) return null
  const toggle = () => {
    writePreference('heatmap', asTable ? 'map' : 'table')
    setAsTable(!asTable)
  }
  return (
    <section aria-label={t('heat.title')} className="card shrink-0 px-4 pt-3 pb-2.5">
      <header className="mb-2 flex items-center gap-4">
        <h2 className="text-sm font-medium whitespace-nowrap">{t('heat.title')}</h2>
        <Legend cells={cells} />
        <IconButton size="sm" label={t(asTable ? 'heat.as_map' : 'heat.as_table')} className="ml-auto" onClick={toggle}>
          {asTable ? <Grid3x3 /> : <Rows3 />}
        </IconButton>
      </header>
      {asTable ? <CellTable cells={cells} /> : <CellMap cells={cells} />}
    </section>
  )
}

function Legend({ cells }: { cells: readonly HeatCell[] }) {
  const { t } = useTranslation('cockpit')
  const used = new Set(cells.map(lookOf))
  return (
    <ul className="flex min-w-0 flex-wrap gap-x-4 gap-y-0.5 text-xs text-muted max-sm:hidden">
      {LOOKS.filter((look) => used.has(look)).map((look) => (
        <li key={look} className="inline-flex items-center gap-1.5 whitespace-nowrap">
          <svg viewBox="0 0 12 12" aria-hidden className="size-2.5">
            <Shape look={look} x={0} y={0} />
          </svg>
          {t(`heat.look.${look}`)}
        </li>
      ))}
    </ul>
  )
}

function Shape({ look, x, y }: { look: Look; x: number; y: number }) {
  if (look === 'difficult') return <path d={`M${x + 5} ${y} ${x + 10} ${y + 5} ${x + 5} ${y + 10} ${x} ${y + 5}Z`} className={FILLS[look]} />
  if (look === 'failed') return <path d={`M${x + 5} ${y + 0.5} ${x + 10} ${y + 9.5} ${x} ${y + 9.5}Z`} className={FILLS[look]} />
  if (look === 'silent') return <rect x={x + 2} y={y + 2} width="6" height="6" rx="1" className={FILLS[look]} />
  if (look === 'waiting') return <rect x={x + 2.5} y={y + 2.5} width="5" height="5" rx="1" strokeWidth="1" className={FILLS[look]} />
  return <rect x={x} y={y} width={CELL} height={CELL} rx="2" className={FILLS[look]} />
}

/** One Tab stop; arrow keys move, Enter keeps the cell, Escape lets go of it. */
function CellMap({ cells }: { cells: readonly HeatCell[] }) {
  const { t } = useTranslation('cockpit')
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(-1)
  const [kept, setKept] = useState(-1)
  const perRow = usePerRow(box, cells.length)
  const rows = Math.ceil(cells.length / perRow)
  const describe = useCellText()
  const shownIndex = at >= 0 ? at : kept
  const shown = cells[shownIndex]
  const onKeyDown = (event: KeyboardEvent) => {
    const from = at >= 0 ? at : Math.max(0, kept)
    const to = { ArrowRight: from + 1, ArrowLeft: from - 1, ArrowDown: from + perRow, ArrowUp: from - perRow, Home: 0, End: cells.length - 1 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      setAt(Math.min(cells.length - 1, Math.max(0, to)))
    } else if (event.key === 'Enter') setKept(at)
    else if (event.key === 'Escape') setKept(-1)
  }
  return (
    <>
      <div
        ref={box}
        role="listbox"
        aria-label={t('heat.label', { count: cells.length })}
        aria-activedescendant={at >= 0 ? `cell-${at}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={() => setAt((before) => (before < 0 ? Math.max(0, kept) : before))}
        onBlur={() => setAt(-1)}
        onMouseLeave={() => setAt(-1)}
        className="relative rounded-sm"
      >
        <svg viewBox={`-1 -1 ${perRow * PITCH} ${rows * PITCH}`} className="block w-full" role="presentation">
          {cells.map((cell, index) => {
            const x = (index % perRow) * PITCH
            const y = Math.floor(index / perRow) * PITCH
            return (
              <g key={cell.first} id={`cell-${index}`} role="option" aria-selected={index === kept} aria-label={describe(cell)} onMouseEnter={() => setAt(index)} onClick={() => setKept(index === kept ? -1 : index)} className="cursor-pointer">
                <rect x={x - 1} y={y - 1} width={PITCH} height={PITCH} fill="transparent" />
                <Shape look={lookOf(cell)} x={x} y={y} />
                {(index === at || index === kept) && <rect x={x - 0.75} y={y - 0.75} width={CELL + 1.5} height={CELL + 1.5} rx="2.5" fill="none" strokeWidth="1.2" className="stroke-text" />}
              </g>
            )
          })}
        </svg>
        {at >= 0 && shown && <Tip text={describe(shown)} column={at % perRow} row={Math.floor(at / perRow)} perRow={perRow} rows={rows} />}
      </div>
      <div className="mt-1.5 flex min-h-7 items-center gap-3 text-xs text-muted">
        <span aria-live="polite" className="min-w-0 truncate">
          {shown ? describe(shown) : t('heat.hint')}
        </span>
        {kept >= 0 && cells[kept] && (
          <LinkButton size="sm" variant="ghost" to={paths.newScan} search={{ targets: rangeOf(cells[kept]) }}>
            {t('heat.scan_again')}
          </LinkButton>
        )}
      </div>
    </>
  )
}

/** What the cell under the pointer is about, beside it. */
function Tip({ text, column, row, perRow, rows }: { text: string; column: number; row: number; perRow: number; rows: number }) {
  const right = column > perRow / 2
  return (
    <div
      aria-hidden
      style={{ left: `${((column + (right ? 0 : 1)) / perRow) * 100}%`, top: `${((row + 1) / rows) * 100}%`, transform: right ? 'translate(-100%, 4px)' : 'translate(0, 4px)' }}
      className="pointer-events-none absolute z-30 w-max max-w-72 rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-xs text-text shadow-lifted"
    >
      {text}
    </div>
  )
}

/** The cells as rows, neighbours that look the same joined: for screen readers and for copying. */
function CellTable({ cells }: { cells: readonly HeatCell[] }) {
  const { t } = useTranslation('cockpit')
  const format = useFormat()
  const rows = joined(cells)
  return (
    <div className="max-h-56 overflow-y-auto" tabIndex={0} role="region" aria-label={t('heat.title')}>
      <table className="w-full text-left text-sm">
        <thead className="sticky top-0 bg-surface text-xs text-muted">
          <tr>
            {(['range', 'state', 'asked', 'devices', 'ports'] as const).map((name) => (
              <th key={name} scope="col" className={cx('py-1 pr-4 font-medium', name !== 'range' && name !== 'state' && 'text-right')}>
                {t(`heat.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cell) => (
            <tr key={cell.first} className="border-t border-line/60">
              <td className="mono py-1 pr-4 break-all">{rangeOf(cell)}</td>
              <td className="py-1 pr-4">{t(`heat.look.${lookOf(cell)}`)}</td>
              <td className="py-1 pr-4 text-right">
                {format.number(cell.asked)}/{format.number(cell.addresses)}
              </td>
              <td className="py-1 pr-4 text-right">{format.number(cell.up)}</td>
              <td className="py-1 pr-4 text-right">{format.number(cell.ports)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Cells without anything found that look the same become one row. */
export function joined(cells: readonly HeatCell[]): HeatCell[] {
  const rows: HeatCell[] = []
  for (const cell of cells) {
    const last = rows.at(-1)
    if (last && cell.up === 0 && last.up === 0 && lookOf(last) === lookOf(cell)) {
      rows[rows.length - 1] = { ...last, last: cell.last, addresses: last.addresses + cell.addresses, asked: last.asked + cell.asked, ports: last.ports + cell.ports, difficult: last.difficult + cell.difficult }
    } else rows.push(cell)
  }
  return rows
}

function useCellText(): (cell: HeatCell) => string {
  const { t } = useTranslation('cockpit')
  const format = useFormat()
  return (cell) => {
    const one = cell.addresses === 1
    return [
      rangeOf(cell),
      t(`heat.look.${lookOf(cell)}`),
      !one && t('heat.asked', { asked: format.number(cell.asked), addresses: format.number(cell.addresses) }),
      !one && cell.up > 0 && t('heat.devices', { count: cell.up, formatted: format.number(cell.up) }),
      cell.ports > 0 && t('heat.ports', { count: cell.ports, formatted: format.number(cell.ports) }),
    ]
      .filter(Boolean)
      .join(' · ')
  }
}

/** As many columns as fit, a power of two where the map needs rows, so that rows begin at round addresses. */
function usePerRow(box: RefObject<HTMLDivElement | null>, count: number): number {
  const [width, setWidth] = useState(1_000)
  useEffect(() => {
    const element = box.current
    if (!element || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  const fit = Math.max(8, Math.floor(width / LEAST_WIDTH))
  let perRow = 16
  while (perRow * 2 <= fit && count / perRow > 2) perRow *= 2
  return Math.ceil(count / perRow) > MOST_ROWS * 4 ? fit : perRow
}
