import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrorText, fieldName, formErrorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import { useCan } from '@/api/session'
import type { DiscoveryProfile } from '@/api/types'
import { ownZone, parseCron } from '@/lib/cron'
import { CollectorChoice, IntervalChoice } from '@/features/monitoring/suggestions/CollectorChoice'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { Switch } from '@/ui/Switch'
import { CronField, simpleOf } from '../schedules/CronField'
import { credentialChoicesOptions, saveDiscoveryProfile } from './queries'

const NIGHTLY = '0 3 * * *'
const FIELDS = ['name', 'subnet', 'credential_profile_id', 'port_scan', 'cron', 'timezone', 'enabled', 'auto_provision']

type Props = { profile?: DiscoveryProfile; onClose: () => void; onSaved: (profile: DiscoveryProfile, run: boolean) => void }

const draftOf = (profile: DiscoveryProfile | undefined) => ({
  name: profile?.name ?? '',
  subnet: profile?.subnet ?? '',
  credential: String(profile?.credential_profile_id ?? ''),
  portScan: profile?.port_scan ?? true,
  auto: Boolean(profile?.auto_provision),
  collectors: profile?.auto_provision?.collectors ?? [],
  interval: profile?.auto_provision?.interval ?? null,
  enabled: profile?.enabled ?? true,
  repeats: Boolean(profile?.cron),
  cron: profile?.cron || NIGHTLY,
  zone: profile?.timezone ?? ownZone(),
  custom: profile?.cron ? simpleOf(profile.cron).how === 'custom' : false,
})

/** Makes a discovery profile or changes one. What was typed stays through any refusal and any refresh behind it. */
export function ProfileForm({ profile, onClose, onSaved }: Props) {
  const { t } = useTranslation(['profiles', 'schedules', 'common'])
  const client = useQueryClient()
  const credentials = useQuery({ ...credentialChoicesOptions, enabled: useCan('operator') }).data?.items ?? []
  const [form, setForm] = useState(() => draftOf(profile))
  const [asked, setAsked] = useState(false)
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }))
  const save = useMutation({
    mutationFn: () =>
      saveDiscoveryProfile(profile?.id, {
        name: form.name.trim(),
        subnet: form.subnet.trim(),
        credential_profile_id: Number(form.credential),
        port_scan: form.portScan,
        auto_provision: form.auto ? { collectors: form.collectors, interval: form.interval } : null,
        enabled: form.enabled,
        cron: form.repeats ? form.cron.trim() : null,
        timezone: form.zone,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['discovery-profiles'] }),
  })
  const refused = save.error instanceof ApiError ? save.error.errors : []
  const errorAt = (name: string, typed?: string) => {
    const problem = refused.find((item) => fieldName(item.field) === name || fieldName(item.field).startsWith(`${name}.`))
    return problem ? fieldErrorText(problem) : asked && typed?.trim() === '' ? t('common:field.required') : undefined
  }
  const submit = (run: boolean) => {
    setAsked(true)
    const whole = form.name.trim() && form.subnet.trim() && form.credential && (!form.repeats || parseCron(form.cron))
    if (whole) save.mutate(undefined, { onSuccess: (saved) => onSaved(saved, run) })
  }
  return (
    <FormDialog
      size="md"
      title={profile ? t('edit', { name: profile.name }) : t('add')}
      submitLabel={t('common:action.save')}
      also={
        <Button busy={save.isPending} onClick={() => submit(true)}>
          {t('save_and_run')}
        </Button>
      }
      busy={save.isPending}
      error={formErrorText(save.error, FIELDS)}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        submit(false)
      }}
    >
      <Field label={t('schedules:form.name')} error={errorAt('name', form.name)}>
        <Input value={form.name} maxLength={120} onChange={(event) => set({ name: event.target.value })} />
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t('form.subnet')} hint={t('form.subnet_hint')} error={errorAt('subnet', form.subnet)}>
          <Input mono value={form.subnet} maxLength={200} placeholder="192.168.1.0/24" onChange={(event) => set({ subnet: event.target.value })} />
        </Field>
        <Field label={t('form.credential')} hint={credentials.length === 0 ? t('form.no_credentials') : t('form.credential_hint')} error={errorAt('credential_profile_id', form.credential)}>
          <Select options={credentials.map((item) => ({ value: String(item.id), label: item.name }))} placeholder={t('form.choose')} value={form.credential} onChange={(event) => set({ credential: event.target.value })} />
        </Field>
      </div>
      <Switch showLabel label={t('form.port_scan')} hint={t('form.port_scan_hint')} checked={form.portScan} onChange={(portScan) => set({ portScan })} />
      <Switch showLabel label={t('form.auto')} hint={t('form.auto_hint')} checked={form.auto} onChange={(auto) => set({ auto })} />
      {form.auto && (
        <div className="flex flex-col gap-3.5 rounded-md border bg-sunken/40 p-3.5">
          <CollectorChoice value={form.collectors} onChange={(collectors) => set({ collectors })} />
          <IntervalChoice value={form.interval} onChange={(interval) => set({ interval })} error={errorAt('auto_provision')} />
        </div>
      )}
      <Switch showLabel label={t('form.repeats')} hint={t('form.repeats_hint')} checked={form.repeats} onChange={(repeats) => set({ repeats })} />
      {form.repeats && <CronField cron={form.cron} zone={form.zone} custom={form.custom} error={errorAt('cron')} zoneError={errorAt('timezone')} onChange={set} />}
    </FormDialog>
  )
}
