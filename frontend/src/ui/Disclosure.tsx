import { ChevronRight } from 'lucide-react'
import { useState, type ReactNode } from 'react'

/** What few people need, behind its name; `wrong` opens it, because something in it has to be mended. */
export function Disclosure({ label, wrong = false, children }: { label: ReactNode; wrong?: boolean; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <details open={open || wrong} onToggle={(event) => setOpen(event.currentTarget.open)} className="group rounded-md border bg-sunken/40">
      <summary className="flex h-9 items-center gap-2 rounded-md px-3 text-sm text-muted select-none hover:text-text max-sm:h-11">
        <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform duration-100 group-open:rotate-90" />
        <span className="min-w-0 truncate">{label}</span>
      </summary>
      <div className="px-3 pt-1 pb-3.5">{children}</div>
    </details>
  )
}
