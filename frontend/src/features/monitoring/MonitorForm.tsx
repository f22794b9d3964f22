import { useQuery } from '@tanstack/react-query'
import { Zap } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrorText, fieldName, formErrorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import { useCan } from '@/api/session'
import type { Monitor } from '@/api/types'
import { TagEditor } from '@/features/inventory/TagEditor'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { ConfigFields } from './ConfigFields'
import { bodyOf, draftOf, type MonitorDraft } from './draft'
import { IntervalField } from './IntervalField'
import { credentialsOptions, extensionsOptions, pluginsOptions, useSaveMonitor } from './queries'
import { TargetField } from './TargetField'
import { TestTrace } from './TestTrace'
import { useTrace } from './trace'
import { usePluginName } from './words'

type Props = { monitor?: Monitor; device?: { id: number; name: string; address: string | null | undefined }; onClose: () => void; onSaved: (monitor: Monitor) => void }

const FIELDS = ['device_id', 'address', 'plugin_id', 'credential_profile_id', 'polling_interval', 'name', 'tags']

/** Makes a monitor or changes one; it can be tried before it is saved. What was typed stays through any refusal. */
export function MonitorForm({ monitor, device, onClose, onSaved }: Props) {
  const { t } = useTranslation('monitoring')
  const { t: c } = useTranslation()
  const [draft, setDraft] = useState<MonitorDraft>(() => draftOf(monitor, device))
  const [asked, setAsked] = useState(false)
  const choices = useChoices(draft)
  const save = useSaveMonitor(monitor?.id)
  const { tracing, run } = useTrace()
  const set = (change: Partial<MonitorDraft>) => setDraft((before) => ({ ...before, ...change }))
  const whole = bodyOf(draft, choices.usual)
  const refused = [save.error, tracing.error].flatMap((error) => (error instanceof ApiError ? error.errors : []))
  const errorAt = (name: string) => {
    const problem = refused.find((item) => fieldName(item.field) === name || fieldName(item.field).startsWith(`${name}.`))
    return problem && fieldErrorText(problem)
  }
  const missing = asked && !whole
  const begin = (act: (body: NonNullable<typeof whole>) => void) => {
    setAsked(true)
    if (whole) act(whole)
  }
  const seconds = draft.interval || choices.usual
  return (
    <FormDialog
      size="md"
      title={monitor ? t('form.edit', { name: monitor.name }) : t('add')}
      submitLabel={monitor ? c('action.save') : c('action.create')}
      busy={save.isPending}
      error={missing ? t('form.needs') : formErrorText(save.error, [...FIELDS, ...refused.map((item) => fieldName(item.field)).filter((name) => name.startsWith('config.'))])}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        begin((body) => save.mutate(body, { onSuccess: onSaved }))
      }}
    >
      <TargetField draft={draft} onChange={set} error={missing && !draft.device && !draft.address.trim() ? c('field.required') : (errorAt('device_id') ?? errorAt('address'))} />
      <Field label={t('form.plugin')} error={errorAt('plugin_id') ?? (missing && !draft.plugin ? c('field.required') : undefined)}>
        <Select options={choices.plugins} placeholder={t('form.choose')} value={String(draft.plugin ?? '')} onChange={(event) => set({ plugin: Number(event.target.value) || null, config: {}, credential: null })} />
      </Field>
      {choices.plugin && <ConfigFields key={choices.plugin.id} plugin={choices.plugin} own={draft.config} onChange={(config) => set({ config })} errorAt={(name) => errorAt(`config.${name}`)} />}
      {(choices.credentials.length > 0 || choices.credentialNeeded) && (
        <Field label={t('form.credential')} optional={!choices.credentialNeeded} error={errorAt('credential_profile_id')} hint={choices.credentials.length === 0 ? t('form.no_credentials') : undefined}>
          <Select options={choices.credentials} placeholder={t('form.no_credential')} value={String(draft.credential ?? '')} onChange={(event) => set({ credential: Number(event.target.value) || null })} />
        </Field>
      )}
      <IntervalField key={draft.interval ? 'own' : choices.usual} seconds={seconds} onChange={(interval) => set({ interval })} error={errorAt('polling_interval')} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t('form.name')} optional hint={t('form.name_hint')} error={errorAt('name')}>
          <Input value={draft.name} maxLength={255} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Field label={t('column.tags')} optional error={errorAt('tags')}>
          <TagEditor tags={draft.tags} onChange={(tags) => set({ tags })} />
        </Field>
      </div>
      <div className="flex flex-col gap-3">
        <div>
          <Button icon={<Zap />} busy={tracing.running} onClick={() => begin((body) => run('/monitors/test', body))}>
            {t('test.before_saving')}
          </Button>
        </div>
        {(tracing.running || tracing.result || tracing.error !== null) && <TestTrace tracing={tracing} />}
      </div>
    </FormDialog>
  )
}

/** What can be chosen, given what was chosen so far. */
function useChoices(draft: MonitorDraft) {
  const pluginName = usePluginName()
  const plugins = useQuery(pluginsOptions).data?.items ?? []
  const profiles = useQuery({ ...credentialsOptions, enabled: useCan('operator') }).data?.items ?? []
  const extensions = useQuery(extensionsOptions).data?.items ?? []
  const plugin = plugins.find((item) => item.id === draft.plugin)
  const collector = plugin && extensions.find((item) => item.kind === 'collector' && item.name === plugin.type)
  const names = plugins.map((item) => ({ value: String(item.id), label: pluginName(item), built_in: item.built_in }))
  return {
    plugin,
    plugins: names.sort((a, b) => Number(b.built_in) - Number(a.built_in) || a.label.localeCompare(b.label)).map(({ value, label }) => ({ value, label })),
    credentials: profiles.filter((profile) => collector?.credentials?.includes(profile.type)).map((profile) => ({ value: String(profile.id), label: profile.name })),
    credentialNeeded: collector?.credential_needed === true,
    usual: collector?.default_interval_s ?? 60,
  }
}
