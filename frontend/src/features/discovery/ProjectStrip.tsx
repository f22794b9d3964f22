import { Folder, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText, fieldErrorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import { useCan } from '@/api/session'
import type { Project } from '@/api/types'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { IconButton } from '@/ui/IconButton'
import { ProjectDialog } from './ProjectDialog'
import { useDeleteProject } from './queries'

/** The project that the list is narrowed to, with what can be done to it. */
export function ProjectStrip({ project, onGone }: { project: Project; onGone: () => void }) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null)
  const reason = !useCan('operator') && c('role_reason.operator')
  const close = () => setDialog(null)
  return (
    <div className="flex items-center gap-3 rounded-md border bg-surface py-1.5 pr-1.5 pl-3.5">
      <Folder aria-hidden className="size-4 shrink-0 text-muted" />
      <p className="min-w-0 flex-1 truncate">
        <span className="font-medium">{project.name}</span>
        {project.description && <span className="ml-2.5 text-muted">{project.description}</span>}
      </p>
      <IconButton size="sm" label={t('project.edit')} disabledReason={reason} onClick={() => setDialog('edit')}>
        <Pencil />
      </IconButton>
      <IconButton size="sm" label={t('project.delete')} disabledReason={reason} onClick={() => setDialog('delete')}>
        <Trash2 />
      </IconButton>
      <ProjectDialog open={dialog === 'edit'} project={project} onClose={close} />
      <DeleteProject project={project} open={dialog === 'delete'} onClose={close} onGone={onGone} />
    </div>
  )
}

function DeleteProject({ project, open, onClose, onGone }: { project: Project; open: boolean; onClose: () => void; onGone: () => void }) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const remove = useDeleteProject()
  const blockers = remove.error instanceof ApiError ? remove.error.errors : []
  return (
    <ConfirmDialog
      open={open}
      danger
      title={t('project.delete_title', { name: project.name })}
      description={t('project.delete_text')}
      confirmLabel={c('action.delete')}
      busy={remove.isPending}
      error={remove.error && errorText(remove.error)}
      onConfirm={() => remove.mutate(project.id, { onSuccess: onGone })}
      onClose={onClose}
    >
      {blockers.length > 0 && (
        <ul className="list-disc pl-5 text-sm text-muted">
          {blockers.map((problem) => (
            <li key={problem.field}>{fieldErrorText(problem)}</li>
          ))}
        </ul>
      )}
    </ConfirmDialog>
  )
}
