import type { ReactNode } from 'react'

/** One column of a DataTable. Sorting, filtering and paging happen on the server; the column only says under which key. */
export type Column<T> = {
  id: string
  header: string
  cell: (row: T) => ReactNode
  /** The server's sort key, when the column sorts. */
  sort?: string
  width?: number
  minWidth?: number
  align?: 'start' | 'end'
  /** Not shown until the person picks it. */
  hidden?: boolean
  /** Cannot be taken away by the column picker. */
  fixed?: boolean
}

/** "name" ascends, "-name" descends. */
export const sortDirection = (sort: string | undefined, key: string): 'ascending' | 'descending' | 'none' =>
  sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : 'none'

/** What a click on the header asks for next. */
export const nextSort = (sort: string | undefined, key: string): string => (sort === key ? `-${key}` : key)
