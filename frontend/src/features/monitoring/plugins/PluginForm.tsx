import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrorText, fieldName, formErrorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import type { Extension, MonitoringPlugin } from '@/api/types'
import { groupControls } from '@/lib/groups'
import { optionControls } from '@/lib/option-schema'
import { Disclosure } from '@/ui/Disclosure'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { Notice } from '@/ui/Notice'
import { OptionFields } from '@/ui/OptionFields'
import { Select } from '@/ui/Select'
import { extensionsOptions } from '../queries'
import { useCollectorName, useOptionWords } from '../words'
import { useExtensionSummary } from '../extension-summary'
import { useSavePlugin, type PluginBody } from './queries'

type Props = { plugin?: MonitoringPlugin; like?: MonitoringPlugin; onClose: () => void }
type Draft = PluginBody

const draftOf = (plugin: MonitoringPlugin | undefined, like: MonitoringPlugin | undefined): Draft => {
  const from = plugin ?? like
  return { name: plugin?.name ?? '', type: from?.type ?? '', description: from?.description ?? '', config: from?.config ?? {} }
}

/** Makes a plugin or configures one otherwise. What was typed stays through any refusal, a lost connection and any refresh behind it. */
export function PluginForm({ plugin, like, onClose }: Props) {
  const { t } = useTranslation(['plugins', 'common'])
  const [draft, setDraft] = useState<Draft>(() => draftOf(plugin, like))
  const [asked, setAsked] = useState(false)
  const collectors = (useQuery(extensionsOptions).data?.items ?? []).filter((item) => item.kind === 'collector')
  const save = useSavePlugin(plugin?.id)
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  const problems = save.error instanceof ApiError ? save.error.errors : []
  const errorAt = (name: string) => {
    const problem = problems.find((item) => fieldName(item.field) === name || fieldName(item.field).startsWith(`${name}.`))
    if (problem) return fieldErrorText(problem)
    return asked && (name === 'name' || name === 'type') && draft[name].trim() === '' ? t('common:field.required') : undefined
  }
  const submit = () => {
    setAsked(true)
    if (draft.name.trim() && draft.type) save.mutate({ ...draft, name: draft.name.trim() }, { onSuccess: onClose })
  }
  const collector = collectors.find((item) => item.name === draft.type)
  const shown = ['name', 'type', 'description', ...problems.map((item) => fieldName(item.field)).filter((field) => field.startsWith('config.'))]
  return (
    <FormDialog
      size="md"
      title={plugin ? t('edit', { name: plugin.name }) : t('add')}
      submitLabel={t('common:action.save')}
      busy={save.isPending}
      error={formErrorText(save.error, shown)}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {plugin && plugin.monitors > 0 && <Notice>{t('follows', { count: plugin.monitors })}</Notice>}
      <CollectorField draft={draft} collectors={collectors} fixed={Boolean(plugin && (plugin.monitors > 0 || plugin.built_in))} onChange={(type) => set({ type, config: {} })} error={errorAt('type')} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t('column.name')} hint={plugin ? undefined : t('form.name_hint')} error={errorAt('name')}>
          <Input value={draft.name} maxLength={120} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Field label={t('form.description')} optional error={errorAt('description')}>
          <Input value={draft.description} maxLength={500} onChange={(event) => set({ description: event.target.value })} />
        </Field>
      </div>
      {collector && <Options key={collector.name} collector={collector} config={draft.config} onChange={(config) => set({ config })} errorAt={(name) => errorAt(`config.${name}`)} />}
    </FormDialog>
  )
}

type CollectorProps = { draft: Draft; collectors: readonly Extension[]; fixed: boolean; onChange: (type: string) => void; error: string | undefined }

function CollectorField({ draft, collectors, fixed, onChange, error }: CollectorProps) {
  const { t } = useTranslation('plugins')
  const collectorName = useCollectorName()
  const summary = useExtensionSummary()
  const collector = collectors.find((item) => item.name === draft.type)
  return (
    <Field label={t('column.collector')} hint={fixed ? t('form.collector_fixed') : collector && summary(collector)} error={error}>
      <Select
        disabled={fixed}
        options={collectors.map((item) => ({ value: item.name, label: collectorName(item.name) }))}
        {...(draft.type ? {} : { placeholder: t('form.choose') })}
        value={draft.type}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}

type OptionsProps = { collector: Extension; config: Draft['config']; onChange: (config: Draft['config']) => void; errorAt: (name: string) => string | undefined }

/** The collector's options in three groups; each begins with its usual value. */
function Options({ collector, config, onChange, errorAt }: OptionsProps) {
  const { t } = useTranslation('plugins')
  const words = useOptionWords()
  const { required, common, advanced } = useMemo(() => groupControls(collector.options_schema, optionControls(collector.options_schema)), [collector])
  const fields = { values: config, onChange: (name: string, value: unknown) => onChange({ ...config, [name]: value }), errorAt, words }
  return (
    <>
      {[required, common].map((group, index) => group.length > 0 && <OptionFields key={index} controls={group} {...fields} />)}
      {advanced.length > 0 && (
        <Disclosure label={t('form.advanced', { names: advanced.map((control) => words.label(control.name)).join(', ') })} wrong={advanced.some((control) => errorAt(control.name))}>
          <OptionFields controls={advanced} {...fields} />
        </Disclosure>
      )}
    </>
  )
}
