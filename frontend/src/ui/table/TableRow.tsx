import type { ReactNode, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { Checkbox } from '../Checkbox'
import type { Column } from './column'

type Props<T> = {
  row: T
  index: number
  columns: readonly Column<T>[]
  active: boolean
  opened: boolean
  selected: boolean
  onToggle: (() => void) | undefined
  onOpen: (() => void) | undefined
  actions: ReactNode
  hasActions: boolean
  ref?: Ref<HTMLTableRowElement>
}

/** A click on anything that acts by itself must not open the row too. */
const actsItself = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a,button,input,select,label,[role=menu],[role=dialog]') !== null

/** A cell is never blank: a dash says that nothing is known. */
const shown = (value: ReactNode): ReactNode => (value === null || value === undefined || value === '' ? <span className="text-muted">–</span> : value)

export function TableRow<T>({ row, index, columns, active, opened, selected, onToggle, onOpen, actions, hasActions, ref }: Props<T>) {
  const { t } = useTranslation()
  return (
    <tr
      ref={ref}
      data-row={index}
      tabIndex={active ? 0 : -1}
      aria-selected={onToggle ? selected : undefined}
      onClick={(event) => !actsItself(event.target) && onOpen?.()}
      className={cx(
        'group/row h-9 -outline-offset-2! transition-colors duration-75',
        onOpen && 'cursor-pointer',
        opened || selected ? 'bg-glass' : 'hover:bg-glass',
        active && 'shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      {onToggle && (
        <td className="border-b border-line/60 pl-4">
          <Checkbox aria-label={t('list.row_select')} checked={selected} onChange={onToggle} className="translate-y-0.5" />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          className={cx('max-w-0 truncate border-b border-line/60 px-3 first:pl-4 *:align-middle', column.align === 'end' && 'text-right')}
        >
          {shown(column.cell(row))}
        </td>
      ))}
      {hasActions && (
        <td className="border-b border-line/60 pr-2 text-right">
          <span className="inline-flex opacity-0 group-hover/row:opacity-100 group-focus-within/row:opacity-100 focus-within:opacity-100 has-data-[state=open]:opacity-100 pointer-coarse:opacity-100">
            {actions}
          </span>
        </td>
      )}
    </tr>
  )
}
