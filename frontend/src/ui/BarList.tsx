import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useFormat } from '@/i18n/use-format'
import type { SearchState } from '@/lib/use-search-state'

export type Bar = { key: string; icon?: ReactNode; label: ReactNode; detail?: ReactNode; count: number; to: string; search?: SearchState }

/** Values by size, each a link to the list that it counts. */
export function BarList({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const format = useFormat()
  const most = bars.reduce((max, bar) => Math.max(max, bar.count), 1)
  return (
    <ul aria-label={label} className="-mx-2 flex flex-col">
      {bars.map((bar) => (
        <li key={bar.key}>
          <Link to={bar.to} search={(bar.search ?? {}) as never} className="flex h-8 items-center max-sm:h-10 gap-2.5 rounded-md px-2 text-sm hover:bg-glass">
            {bar.icon && <span className="inline-flex shrink-0 text-muted">{bar.icon}</span>}
            <span className="flex min-w-0 flex-1 items-baseline gap-2">
              <span className="truncate">{bar.label}</span>
              {bar.detail && <span className="truncate text-xs text-muted">{bar.detail}</span>}
            </span>
            <span aria-hidden className="h-1.5 w-1/3 max-w-32 shrink-0 overflow-hidden rounded-full">
              <span className="block h-full min-w-1 rounded-full bg-accent/55" style={{ width: `${(bar.count / most) * 100}%` }} />
            </span>
            <span className="w-8 shrink-0 text-right">{format.number(bar.count)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
