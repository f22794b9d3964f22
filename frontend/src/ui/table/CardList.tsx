import type { ReactNode } from 'react'
import { SkeletonLines } from '../Skeleton'
import type { Column } from './column'

type Props<T> = {
  rows: readonly T[]
  rowKey: (row: T) => string
  columns: readonly Column<T>[]
  card: ((row: T) => ReactNode) | undefined
  onOpen: ((row: T) => void) | undefined
  actions: ((row: T) => ReactNode) | undefined
  loading: boolean
  label: string
}

/** The same rows at phone width: one card each. */
export function CardList<T>({ rows, rowKey, columns, card, onOpen, actions, loading, label }: Props<T>) {
  if (loading) {
    return (
      <div className="p-4">
        <SkeletonLines lines={6} />
      </div>
    )
  }
  return (
    <ul aria-label={label} className="flex flex-col">
      {rows.map((row) => (
        <li key={rowKey(row)} className="relative flex items-start gap-2 border-b border-line/60 px-4 py-3 last:border-b-0">
          <div className="min-w-0 flex-1" onClick={onOpen ? () => onOpen(row) : undefined}>
            {card ? card(row) : <DefaultCard row={row} columns={columns} />}
          </div>
          {actions?.(row)}
        </li>
      ))}
    </ul>
  )
}

function DefaultCard<T>({ row, columns }: { row: T; columns: readonly Column<T>[] }) {
  const [first, ...others] = columns
  return (
    <>
      <div className="mb-1.5 min-w-0 font-medium">{first?.cell(row)}</div>
      <dl className="grid grid-cols-[minmax(72px,auto)_1fr] gap-x-3 gap-y-1 text-sm">
        {others.map((column) => {
          const value = column.cell(row)
          // A card has no grid to keep: what is not known is not shown.
          if (value === null || value === undefined || value === '') return null
          return (
            <div key={column.id} className="contents">
              <dt className="text-muted">{column.header}</dt>
              <dd className="min-w-0 truncate">{value}</dd>
            </div>
          )
        })}
      </dl>
    </>
  )
}
