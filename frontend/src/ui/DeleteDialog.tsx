import type { ReactNode } from 'react'
import { ConfirmDialog } from './ConfirmDialog'

/** What is going on with a removal; `useRemoval` gives it. */
export type Removal = { run: () => void; busy: boolean; error: string | null; blockers: readonly string[] }

type Props = {
  title: ReactNode
  /** What goes with it, and what stays. */
  text: ReactNode
  /** The verb of the button. */
  label: string
  /** A text to type first, for what cannot be made again. */
  typed?: string
  removal: Removal
  onClose: () => void
}

/** The one question before anything is deleted or revoked; what stands in the way is said here too. */
export function DeleteDialog({ title, text, label, typed, removal, onClose }: Props) {
  return (
    <ConfirmDialog
      open
      danger
      title={title}
      description={text}
      confirmLabel={label}
      {...(typed ? { typed } : {})}
      busy={removal.busy}
      error={removal.error}
      onConfirm={removal.run}
      onClose={onClose}
    >
      {removal.blockers.length > 0 && (
        <ul className="list-disc pl-5 text-sm text-muted">
          {removal.blockers.map((blocker) => (
            <li key={blocker}>{blocker}</li>
          ))}
        </ul>
      )}
    </ConfirmDialog>
  )
}
