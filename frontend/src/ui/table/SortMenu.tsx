import { ArrowDown, ArrowDownUp, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../IconButton'
import { Menu, MenuItem, MenuLabel } from '../Menu'
import { nextSort, sortDirection, type Column } from './column'

const ARROWS = { ascending: <ArrowUp aria-hidden />, descending: <ArrowDown aria-hidden />, none: <span className="size-4" /> }

/** Cards have no headers to press: what the list is sorted by, at phone width. */
export function SortMenu<T>({ columns, sort, onSort }: { columns: readonly Column<T>[]; sort: string | undefined; onSort: (sort: string) => void }) {
  const { t } = useTranslation()
  const sortable = columns.flatMap((column) => (column.sort ? [{ id: column.id, header: column.header, key: column.sort }] : []))
  if (sortable.length < 2) return null
  return (
    <Menu
      label={t('list.sort')}
      trigger={
        <IconButton size="sm" label={t('list.sort')}>
          <ArrowDownUp />
        </IconButton>
      }
    >
      <MenuLabel>{t('list.sort')}</MenuLabel>
      {sortable.map(({ id, header, key }) => (
        <MenuItem key={id} icon={ARROWS[sortDirection(sort, key)]} onSelect={() => onSort(nextSort(sort, key))}>
          {header}
        </MenuItem>
      ))}
    </Menu>
  )
}
