import type { ReactNode } from 'react'

/** What this place is for, and the button that fills it. */
export function EmptyState({ icon, title, children, action, compact, heading: Heading = 'h2' }: { icon?: ReactNode; title: ReactNode; children?: ReactNode; action?: ReactNode; compact?: boolean; heading?: 'h1' | 'h2' }) {
  return (
    <div className={`flex flex-col items-center justify-center px-6 text-center ${compact ? 'py-8' : 'py-16'}`}>
      {icon && (
        <div className="mb-4 inline-flex size-12 items-center justify-center rounded-xl border bg-glass text-accent-text [&_svg]:size-5.5" aria-hidden>
          {icon}
        </div>
      )}
      <Heading className="text-lg font-semibold text-balance">{title}</Heading>
      {children && <div className="mt-1.5 max-w-115 text-base text-pretty text-muted">{children}</div>}
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
