import { Folder, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/session'
import type { Project } from '@/api/types'
import { useRemoval } from '@/api/use-removal'
import { DeleteDialog } from '@/ui/DeleteDialog'
import { IconButton } from '@/ui/IconButton'
import { ProjectDialog } from './ProjectDialog'
import { removeProject } from './queries'

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
      {dialog === 'delete' && <DeleteProject project={project} onClose={close} onGone={onGone} />}
    </div>
  )
}

function DeleteProject({ project, onClose, onGone }: { project: Project; onClose: () => void; onGone: () => void }) {
  const { t } = useTranslation(['discovery', 'common'])
  const removal = useRemoval({ remove: () => removeProject(project.id), stale: ['projects'], onDone: onGone })
  return <DeleteDialog title={t('project.delete_title', { name: project.name })} text={t('project.delete_text')} label={t('common:action.delete')} removal={removal} onClose={onClose} />
}
