import { Skeleton } from '../Skeleton'

const WIDTHS = ['w-4/5', 'w-2/3', 'w-1/2', 'w-3/5', 'w-1/3']

/** Rows that are still on their way, in the table's own grid. */
export const TableSkeleton = ({ columns, rows = 8 }: { columns: number; rows?: number }) => (
  <tbody aria-hidden>
    {Array.from({ length: rows }, (_, row) => (
      <tr key={row} className="h-9">
        {Array.from({ length: columns }, (_, column) => (
          <td key={column} className="border-b border-line/60 px-3 first:pl-4">
            <Skeleton className={WIDTHS[(row + column) % WIDTHS.length] ?? 'w-1/2'} />
          </td>
        ))}
      </tr>
    ))}
  </tbody>
)
