import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowSelectionFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table'
import { useEffect, useMemo, useState } from 'react'
import type { Column } from './column'
import { loadTablePreferences, saveTablePreferences } from './preferences'

const features = tableFeatures({ columnVisibilityFeature, columnSizingFeature, columnResizingFeature, rowSelectionFeature })
type Features = typeof features

const DEFAULT_WIDTH = 160
export const MIN_WIDTH = 64

const toDefinition = <T extends object>(column: Column<T>): ColumnDef<Features, T> => ({
  id: column.id,
  size: column.width ?? DEFAULT_WIDTH,
  minSize: column.minWidth ?? MIN_WIDTH,
  enableHiding: !column.fixed,
})

/** The table's model: which columns are shown and how wide (remembered under `name`), and which rows are selected. */
export function useDataTable<T extends object>(name: string, columns: readonly Column<T>[], rows: readonly T[], rowKey: (row: T) => string) {
  const [saved] = useState(() => loadTablePreferences(name))
  const definitions = useMemo(() => columns.map(toDefinition), [columns])
  const hidden = useMemo(() => Object.fromEntries(columns.filter((column) => column.hidden).map((column) => [column.id, false])), [columns])
  const table = useTable<Features, T>({
    features,
    columns: definitions,
    data: rows as T[],
    getRowId: rowKey,
    columnResizeMode: 'onChange',
    initialState: { columnVisibility: { ...hidden, ...saved.visibility }, columnSizing: saved.sizes },
  })
  const { columnVisibility, columnSizing } = table.state
  useEffect(() => {
    saveTablePreferences(name, { visibility: columnVisibility, sizes: columnSizing })
  }, [name, columnVisibility, columnSizing])
  return table
}

export type DataTableModel<T extends object> = ReturnType<typeof useDataTable<T>>
