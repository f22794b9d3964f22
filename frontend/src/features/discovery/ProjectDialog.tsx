import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrorText, fieldName, formErrorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import type { Project } from '@/api/types'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { Notice } from '@/ui/Notice'
import { Textarea } from '@/ui/Textarea'
import { useSaveProject } from './queries'

type Props = { open: boolean; project: Project | null; onClose: () => void; onSaved?: (project: Project) => void }

/** Makes a project, or edits one. */
export function ProjectDialog(props: Props) {
  return props.open ? <OpenProjectDialog key={props.project?.id ?? 'new'} {...props} /> : null
}

function OpenProjectDialog({ project, onClose, onSaved }: Props) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const [name, setName] = useState(project?.name ?? '')
  const [description, setDescription] = useState(project?.description ?? '')
  const save = useSaveProject(project)
  const errorAt = (field: string) => {
    const problem = save.error instanceof ApiError ? save.error.errors.find((item) => fieldName(item.field) === field) : undefined
    return problem && fieldErrorText(problem)
  }
  const submit = () =>
    save.mutate(
      { name: name.trim(), description: description.trim() },
      {
        onSuccess: (saved) => {
          onClose()
          onSaved?.(saved)
        },
      },
    )
  const problem = formErrorText(save.error, ['name', 'description'])
  return (
    <Dialog
      open
      size="sm"
      dismissible={false}
      onClose={onClose}
      title={project ? t('project.edit') : t('project.new')}
      description={project ? undefined : t('project.explain')}
      footer={
        <>
          <Button onClick={onClose}>{c('action.cancel')}</Button>
          <Button type="submit" form="project-form" variant="primary" busy={save.isPending} disabled={!name.trim()}>
            {project ? c('action.save') : c('action.create')}
          </Button>
        </>
      }
    >
      <form
        id="project-form"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) submit()
        }}
      >
        {problem && <Notice tone="down">{problem}</Notice>}
        <Field label={t('project.name')} error={errorAt('name')}>
          <Input value={name} maxLength={120} autoFocus onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('project.description')} optional error={errorAt('description')}>
          <Textarea value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}
