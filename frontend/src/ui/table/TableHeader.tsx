import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { Checkbox } from '../Checkbox'
import { nextSort, sortDirection, type Column } from './column'
import { ResizeHandle } from './ResizeHandle'
import type { DataTableModel } from './use-data-table'

type Props<T extends object> = {
  table: DataTableModel<T>
  columns: ReadonlyMap<string, Column<T>>
  sort: string | undefined
  onSort: ((sort: string) => void) | undefined
  selectable: boolean
  hasActions: boolean
}

export function TableHeader<T extends object>({ table, columns, sort, onSort, selectable, hasActions }: Props<T>) {
  const { t } = useTranslation()
  const headers = table.getHeaderGroups()[0]?.headers ?? []
  return (
    <thead className="sticky top-0 z-10 bg-surface">
      <tr className="h-9 text-left">
        {selectable && (
          <th scope="col" className="border-b pl-4">
            <Checkbox
              aria-label={t('list.select_all')}
              checked={table.getIsAllRowsSelected()}
              indeterminate={table.getIsSomeRowsSelected()}
              onChange={() => table.toggleAllRowsSelected()}
              className="translate-y-0.5"
            />
          </th>
        )}
        {headers.map((header) => {
          const column = columns.get(header.column.id)
          if (!column) return null
          const key = onSort ? column.sort : undefined
          const direction = key ? sortDirection(sort, key) : 'none'
          return (
            <th
              key={header.id}
              scope="col"
              aria-sort={key ? direction : undefined}
              className={cx('group relative border-b px-3 text-xs font-medium text-muted first:pl-4', column.align === 'end' && 'text-right')}
            >
              {key ? (
                <button
                  type="button"
                  onClick={() => onSort?.(nextSort(sort, key))}
                  className={cx('inline-flex max-w-full items-center gap-1 rounded-sm hover:text-text', direction !== 'none' && 'text-text')}
                >
                  <span className="truncate">{column.header}</span>
                  {direction === 'descending' ? (
                    <ArrowDown aria-hidden className="size-3.5 shrink-0" />
                  ) : (
                    <ArrowUp aria-hidden className={cx('size-3.5 shrink-0', direction === 'none' && 'opacity-0 group-hover:opacity-50')} />
                  )}
                </button>
              ) : (
                <span className="block truncate">{column.header}</span>
              )}
              <ResizeHandle
                name={column.header}
                width={header.column.getSize()}
                least={column.minWidth}
                busy={header.column.getIsResizing()}
                onDrag={header.getResizeHandler()}
                onWidth={(width) => table.setColumnSizing((sizes) => ({ ...sizes, [column.id]: width }))}
                onReset={() => header.column.resetSize()}
              />
            </th>
          )
        })}
        {hasActions && (
          <th scope="col" className="border-b">
            <span className="sr-only">{t('action.more')}</span>
          </th>
        )}
      </tr>
    </thead>
  )
}
