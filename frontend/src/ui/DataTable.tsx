import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { usePhone } from '@/lib/use-media-query'
import { Button } from './Button'
import { ErrorState } from './ErrorState'
import { CardList } from './table/CardList'
import type { Column } from './table/column'
import { SortMenu } from './table/SortMenu'
import { TableHeader } from './table/TableHeader'
import { TableRow } from './table/TableRow'
import { TableSkeleton } from './table/TableSkeleton'
import { BulkBar, ColumnPicker, ListCount } from './table/TableToolbar'
import { useDataTable } from './table/use-data-table'
import { useFit } from './table/use-fit'
import { useRowKeys } from './table/use-row-keys'

export type DataTableProps<T extends object> = {
  /** What the list holds, for screen readers: "Devices". */
  label: string
  /** Under which name the person's columns are remembered. */
  name: string
  rows: readonly T[]
  columns: readonly Column<T>[]
  rowKey: (row: T) => string
  loading?: boolean
  /** Rows of the previous filter are shown while the new ones load. */
  stale?: boolean
  error?: string | null | undefined
  onRetry?: (() => void) | undefined
  empty?: ReactNode
  sort?: string | undefined
  onSort?: (sort: string) => void
  onOpen?: (row: T) => void
  /** The key of the row that the drawer shows. */
  openedKey?: string | undefined
  bulkActions?: (rows: readonly T[], clear: () => void) => ReactNode
  rowActions?: (row: T) => ReactNode
  card?: (row: T) => ReactNode
  total?: number | undefined
  hasMore?: boolean
  loadingMore?: boolean
  onMore?: () => void
  toolbar?: ReactNode
  /** j, k, Enter, x; off for a small table beside another one. */
  keyboard?: boolean
  /** Fills its parent's height and scrolls inside. */
  fill?: boolean
}

const ROW_HEIGHT = 36
const VIRTUAL_FROM = 100
/** So few rows need no room to scroll in. */
const FEW = 4
const SELECT_WIDTH = 40
const ACTIONS_WIDTH = 52

/** The one table: sorted, filtered and paged by the server; columns picked and sized by the person; virtual above 100 rows; cards on a phone. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { label, name, rows, columns, rowKey, loading = false, error, empty, total, fill, bulkActions } = props
  const phone = usePhone()
  const table = useDataTable(name, columns, rows, rowKey)
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns])
  const visible = table.getVisibleLeafColumns().flatMap((column) => byId.get(column.id) ?? [])
  const selected = rows.filter((row) => table.state.rowSelection[rowKey(row)])
  const clear = () => table.resetRowSelection(true)

  if (error && rows.length === 0) return <div className="card"><ErrorState text={error} {...(props.onRetry ? { onRetry: props.onRetry } : {})} /></div>
  if (!loading && rows.length === 0 && empty) return <div className="card">{empty}</div>
  return (
    <div className={cx('card flex min-w-0 flex-col overflow-hidden', fill && cx('sm:flex-initial', rows.length > FEW && 'sm:min-h-48'))}>
      <div className="flex min-h-10 items-center gap-2 border-b py-1 pr-2 pl-4">
        <ListCount shown={rows.length} total={total ?? (props.hasMore ? undefined : loading ? undefined : rows.length)} />
        <div className="ml-auto flex items-center gap-1">
          {props.toolbar}
          {phone && props.onSort && <SortMenu columns={columns} sort={props.sort} onSort={props.onSort} />}
          {!phone && <ColumnPicker table={table} columns={byId} />}
        </div>
      </div>
      {selected.length > 0 && bulkActions && <BulkBar count={selected.length} onClear={clear}>{bulkActions(selected, clear)}</BulkBar>}
      {phone ? (
        <>
          <CardList rows={rows} rowKey={rowKey} columns={visible} card={props.card} onOpen={props.onOpen} actions={props.rowActions} loading={loading} label={label} />
          <MoreButton {...props} />
        </>
      ) : (
        <TableBody {...props} table={table} byId={byId} visible={visible} />
      )}
    </div>
  )
}

function MoreButton<T extends object>({ hasMore, loadingMore, onMore }: DataTableProps<T>) {
  const { t } = useTranslation()
  if (!hasMore || !onMore) return null
  return (
    <div className="flex justify-center p-2">
      <Button size="sm" variant="ghost" busy={loadingMore ?? false} onClick={onMore}>
        {t('action.load_more')}
      </Button>
    </div>
  )
}

type BodyProps<T extends object> = DataTableProps<T> & {
  table: ReturnType<typeof useDataTable<T>>
  byId: ReadonlyMap<string, Column<T>>
  visible: readonly Column<T>[]
}

function TableBody<T extends object>(props: BodyProps<T>) {
  const { table, byId, visible, rows, rowKey, label, loading = false, stale, onOpen, rowActions, bulkActions, keyboard = true } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = rows.length > VIRTUAL_FROM
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    enabled: virtual,
  })
  const focusRow = useCallback((index: number) => {
    const focus = () => scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true })
    scroller.current?.querySelector(`[data-row="${index}"]`)?.scrollIntoView({ block: 'nearest' })
    requestAnimationFrame(focus)
  }, [])
  const open = (index: number) => {
    const row = rows[index]
    if (row) onOpen?.(row)
  }
  const toggle = (row: T) => table.getRow(rowKey(row)).toggleSelected()
  const [active, setActive] = useRowKeys({
    count: rows.length,
    enabled: keyboard,
    onOpen: onOpen ? open : undefined,
    onSelect: bulkActions ? (index) => rows[index] && toggle(rows[index]) : undefined,
    onMove: (index) => {
      if (virtual) virtualizer.scrollToIndex(index)
      focusRow(index)
    },
  })
  const sizeOf = (id: string) => table.getColumn(id)?.getSize() ?? 0
  const extras = (bulkActions ? SELECT_WIDTH : 0) + (rowActions ? ACTIONS_WIDTH : 0)
  const fit = useFit(scroller, extras + visible.reduce((sum, column) => sum + sizeOf(column.id), 0))
  const items = virtual ? virtualizer.getVirtualItems() : null
  useLoadAtEnd(props, items?.at(-1)?.index)
  const first = items?.[0]
  const last = items?.at(-1)
  const shown = items ? items.flatMap((item) => { const row = rows[item.index]; return row ? [[row, item.index] as const] : [] }) : rows.map((row, index) => [row, index] as const)
  const columnCount = visible.length + (bulkActions ? 1 : 0) + (rowActions ? 1 : 0)
  return (
    <div ref={scroller} tabIndex={-1} className={cx('min-h-0 flex-1 overflow-auto overscroll-contain text-sm', virtual && !props.fill && 'max-h-[75vh]')}>
      <table aria-label={label} aria-busy={loading || stale} aria-rowcount={props.total ?? -1} className={cx('w-full table-fixed border-separate border-spacing-0 transition-opacity', stale && 'opacity-60')}>
        <colgroup>
          {bulkActions && <col style={{ width: SELECT_WIDTH }} />}
          {visible.map((column) => (
            <col key={column.id} style={{ width: sizeOf(column.id) * fit }} />
          ))}
          {rowActions && <col style={{ width: ACTIONS_WIDTH }} />}
        </colgroup>
        <TableHeader table={table} columns={byId} sort={props.sort} onSort={props.onSort} selectable={Boolean(bulkActions)} hasActions={Boolean(rowActions)} />
        {loading ? (
          <TableSkeleton columns={columnCount} />
        ) : (
          <tbody>
            {first && first.start > 0 && <tr aria-hidden style={{ height: first.start }}><td colSpan={columnCount} /></tr>}
            {shown.map(([row, index]) => {
              const key = rowKey(row)
              return (
                <TableRow
                  key={key}
                  row={row}
                  index={index}
                  columns={visible}
                  active={index === active}
                  opened={props.openedKey === key}
                  selected={Boolean(table.state.rowSelection[key])}
                  onToggle={bulkActions ? () => toggle(row) : undefined}
                  onOpen={onOpen ? () => { setActive(index); onOpen(row) } : undefined}
                  actions={rowActions?.(row)}
                  hasActions={Boolean(rowActions)}
                />
              )
            })}
            {last && virtualizer.getTotalSize() - last.end > 0 && <tr aria-hidden style={{ height: virtualizer.getTotalSize() - last.end }}><td colSpan={columnCount} /></tr>}
          </tbody>
        )}
      </table>
      <MoreButton {...props} />
    </div>
  )
}

/** Asks for the next page when the last virtual row comes into view. */
function useLoadAtEnd<T extends object>({ rows, hasMore, loadingMore, onMore }: DataTableProps<T>, lastIndex: number | undefined): void {
  const atEnd = lastIndex !== undefined && lastIndex >= rows.length - 5
  useEffect(() => {
    if (atEnd && hasMore && !loadingMore) onMore?.()
  }, [atEnd, hasMore, loadingMore, onMore])
}
