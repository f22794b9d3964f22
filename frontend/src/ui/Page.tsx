import type { ReactNode } from 'react'
import { cx } from '@/lib/cx'
import { Skeleton } from './Skeleton'

type Props = {
  title: ReactNode
  /** The name of the tab of the browser, where the title is more than a text. */
  name?: string
  /** The title is still on its way. */
  loading?: boolean
  /** The one line that says what is going on. */
  summary?: ReactNode
  actions?: ReactNode
  back?: ReactNode
  children: ReactNode
  /** The content fills the height and scrolls inside: for pages that are one table. */
  fill?: boolean
  width?: 'full' | 'text'
}

const tabTitle = (name: ReactNode): string => (typeof name === 'string' && name ? `${name} · Lanarium` : 'Lanarium')

/** Title with one line, the primary action at the right, content. */
export function Page({ title, name, loading = false, summary, actions, back, children, fill, width = 'full' }: Props) {
  return (
    <div className={cx('flex w-full flex-col gap-5 px-4 pt-5 pb-6 sm:px-6 lg:px-8', fill && 'sm:h-full sm:min-h-0', width === 'text' ? 'max-w-220' : 'mx-auto max-w-400')}>
      <title>{tabTitle(name ?? title)}</title>
      <header className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          {back && <div className="mb-1 text-sm">{back}</div>}
          <h1 aria-busy={loading || undefined} className="text-xl font-semibold tracking-tight text-balance">{loading ? <Skeleton className="my-1.5 h-4 w-48" /> : title}</h1>
          {summary && <div className="mt-0.5 text-base text-pretty text-muted">{summary}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

/** A titled group on a page. */
export function Card({ title, summary, actions, children, className, flush }: { title?: ReactNode; summary?: ReactNode; actions?: ReactNode; children: ReactNode; className?: string; flush?: boolean }) {
  return (
    <section className={cx('card flex min-w-0 flex-col', className)}>
      {title && (
        <header className="flex items-center gap-3 px-4 pt-3.5 pb-1">
          <h2 className="text-base font-semibold">{title}</h2>
          {summary && <span className="min-w-0 truncate text-sm text-muted">{summary}</span>}
          {actions && <div className="ml-auto flex shrink-0 items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={cx('min-w-0 flex-1', flush ? 'pt-1' : 'p-4 pt-2.5')}>{children}</div>
    </section>
  )
}
