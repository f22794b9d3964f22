import { Columns3, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/use-format'
import { IconButton } from '../IconButton'
import { Menu, MenuCheck, MenuLabel } from '../Menu'
import type { Column } from './column'
import type { DataTableModel } from './use-data-table'

/** Picks the columns to show. */
export function ColumnPicker<T extends object>({ table, columns }: { table: DataTableModel<T>; columns: ReadonlyMap<string, Column<T>> }) {
  const { t } = useTranslation()
  const choices = table.getAllLeafColumns().filter((column) => column.getCanHide())
  if (choices.length < 2) return null
  return (
    <Menu
      label={t('list.columns_shown')}
      trigger={
        <IconButton size="sm" label={t('action.columns')}>
          <Columns3 />
        </IconButton>
      }
    >
      <MenuLabel>{t('list.columns_shown')}</MenuLabel>
      {choices.map((column) => (
        <MenuCheck key={column.id} keepOpen checked={column.getIsVisible()} onSelect={() => column.toggleVisibility()}>
          {columns.get(column.id)?.header}
        </MenuCheck>
      ))}
    </Menu>
  )
}

/** What can be done with the selected rows. */
export function BulkBar({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div role="region" aria-label={t('list.selected', { count })} className="enter flex flex-wrap items-center gap-3 border-b bg-glass px-4 py-1.5 text-sm">
      <span className="font-medium">{t('list.selected', { count })}</span>
      <div className="flex flex-wrap items-center gap-2">{children}</div>
      <IconButton size="sm" label={t('action.clear')} onClick={onClear} className="ml-auto">
        <X />
      </IconButton>
    </div>
  )
}

/** "50 of 1,204 shown", or the count when all are. */
export function ListCount({ shown, total }: { shown: number; total: number | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (total === undefined) return null
  return (
    <span className="text-xs text-muted">
      {shown < total
        ? t('list.shown_of', { shown: format.number(shown), total: format.number(total) })
        : t('list.count', { count: total, formatted: format.number(total) })}
    </span>
  )
}
