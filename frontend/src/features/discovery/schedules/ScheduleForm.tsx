import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrorText, fieldName, formErrorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import { ownZone, parseCron } from '@/lib/cron'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { LineTextarea } from '@/ui/LineTextarea'
import { Select } from '@/ui/Select'
import { projectsOptions } from '../queries'
import { PROFILES, useProfileName, useProfileText } from '../scan-words'
import { CronField, simpleOf } from './CronField'
import { saveRow, type Schedule, type ScheduleBody } from './queries'

const NIGHTLY = '0 2 * * *'
// Options of its own are given where a scan is started; a schedule that has them keeps them.
const OFFERED = PROFILES.filter((profile) => profile !== 'custom')
const FIELDS = ['name', 'targets', 'exclusions', 'profile', 'cron', 'timezone', 'project_id']
const lines = (text: string) => text.split(/[\n,]+/).map((line) => line.trim()).filter(Boolean)

/** Makes a schedule or changes one. What was typed stays through any refusal and any refresh behind it. */
export function ScheduleForm({ schedule, targets, onClose }: { schedule?: Schedule; targets?: string; onClose: () => void }) {
  const { t } = useTranslation(['schedules', 'common', 'discovery'])
  const client = useQueryClient()
  const projects = useQuery(projectsOptions)
  const profileName = useProfileName()
  const profileText = useProfileText()
  const [form, setForm] = useState({
    name: schedule?.name ?? '',
    targets: schedule?.targets.join('\n') ?? targets ?? '',
    exclusions: schedule?.exclusions.join('\n') ?? '',
    profile: schedule?.profile ?? 'quick',
    project: String(schedule?.project_id ?? ''),
    cron: schedule?.cron ?? NIGHTLY,
    zone: schedule?.timezone ?? ownZone(),
    custom: schedule ? simpleOf(schedule.cron).how === 'custom' : false,
  })
  const [asked, setAsked] = useState(false)
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }))
  const save = useMutation({
    mutationFn: () => {
      const body: ScheduleBody = { name: form.name.trim(), targets: lines(form.targets), exclusions: lines(form.exclusions), cron: form.cron.trim(), timezone: form.zone }
      // A custom profile has options that this form does not show: they stay as they are.
      if (form.profile !== 'custom') body.profile = form.profile
      if (!schedule && form.project) body.project_id = Number(form.project)
      return saveRow<Schedule>('scan-schedules', schedule?.id, body)
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['scan-schedules'] })
      onClose()
    },
  })
  const refused = save.error instanceof ApiError ? save.error.errors : []
  const errorAt = (name: string) => {
    const problem = refused.find((item) => fieldName(item.field) === name || fieldName(item.field).startsWith(`${name}.`))
    return problem && fieldErrorText(problem)
  }
  const incomplete = form.name.trim() === '' || lines(form.targets).length === 0
  const submit = () => {
    setAsked(true)
    if (!incomplete && parseCron(form.cron)) save.mutate()
  }
  return (
    <FormDialog
      size="md"
      title={t(schedule ? 'edit' : 'add')}
      submitLabel={schedule ? t('common:action.save') : t('add')}
      busy={save.isPending}
      error={asked && incomplete ? t('form.needs') : formErrorText(save.error, FIELDS)}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Field label={t('form.name')} error={errorAt('name')}>
        <Input value={form.name} maxLength={120} onChange={(event) => set({ name: event.target.value })} />
      </Field>
      <Field label={t('form.targets')} hint={t('form.targets_hint')} error={errorAt('targets')}>
        <LineTextarea rows={3} value={form.targets} placeholder="192.168.1.0/24" onChange={(event) => set({ targets: event.target.value })} />
      </Field>
      <Field label={t('form.exclusions')} optional error={errorAt('exclusions')}>
        <LineTextarea rows={1} value={form.exclusions} onChange={(event) => set({ exclusions: event.target.value })} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('form.profile')} hint={profileText(form.profile)} error={errorAt('profile')}>
          <Select options={[...new Set([...OFFERED, form.profile])].map((value) => ({ value, label: profileName(value) }))} value={form.profile} onChange={(event) => set({ profile: event.target.value })} />
        </Field>
        {!schedule && (
          <Field label={t('form.project')} error={errorAt('project_id')}>
            <Select options={(projects.data?.items ?? []).map((item) => ({ value: String(item.id), label: item.name }))} placeholder={t('discovery:new.default_project')} value={form.project} onChange={(event) => set({ project: event.target.value })} />
          </Field>
        )}
      </div>
      <CronField cron={form.cron} zone={form.zone} custom={form.custom} error={errorAt('cron')} zoneError={errorAt('timezone')} onChange={set} />
    </FormDialog>
  )
}
