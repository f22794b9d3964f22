import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { paths } from '@/lib/paths'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { projectsOptions } from '../queries'
import { useImport } from './queries'

/** Takes an nmap XML file from elsewhere in as a scan. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['cockpit', 'discovery'])
  const navigate = useNavigate()
  const projects = useQuery(projectsOptions)
  const take = useImport()
  const [file, setFile] = useState<File | null>(null)
  const [missing, setMissing] = useState(false)
  const [name, setName] = useState('')
  const [project, setProject] = useState('')
  const submit = () => {
    setMissing(file === null)
    if (file) take.mutate({ file, name: name.trim(), project }, { onSuccess: (scan) => void navigate({ to: paths.scan(scan.id) }) })
  }
  return (
    <FormDialog
      title={t('import.title')}
      description={t('import.text')}
      submitLabel={t('import.button')}
      busy={take.isPending}
      error={take.error && errorText(take.error)}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Field label={t('import.file')} error={missing ? t('import.choose') : undefined}>
        <Input type="file" accept=".xml,application/xml,text/xml" className="py-1.5! file:mr-3 file:border-0 file:bg-transparent file:text-sm file:text-accent-text" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />
      </Field>
      <Field label={t('import.name')} optional>
        <Input value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('import.project')}>
        <Select options={(projects.data?.items ?? []).map((item) => ({ value: String(item.id), label: item.name }))} placeholder={t('discovery:new.default_project')} value={project} onChange={(event) => setProject(event.target.value)} />
      </Field>
    </FormDialog>
  )
}
