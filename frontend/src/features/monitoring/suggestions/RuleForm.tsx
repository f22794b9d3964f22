import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrorText, fieldName, formErrorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import { useCan } from '@/api/session'
import type { ProvisioningRule } from '@/api/types'
import { Checkbox } from '@/ui/Checkbox'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { useCredentialWords } from '../credentials/words'
import { credentialsOptions } from '../queries'
import { CollectorChoice, IntervalChoice } from './CollectorChoice'
import { networkChoicesOptions, saveRule, type RuleBody } from './queries'

const FIELDS = ['name', 'network_id', 'collectors', 'credential_profile_ids', 'interval', 'enabled']
type Draft = Omit<RuleBody, 'network_id'> & { network: string }

const draftOf = (rule: ProvisioningRule | undefined): Draft => ({
  name: rule?.name ?? '',
  network: String(rule?.network_id ?? ''),
  collectors: rule?.collectors ?? [],
  credential_profile_ids: rule?.credential_profile_ids ?? [],
  interval: rule?.interval ?? null,
  enabled: rule?.enabled ?? true,
})

/** Makes a rule or changes one. What was typed stays through any refusal and any refresh behind it. */
export function RuleForm({ rule, onClose }: { rule?: ProvisioningRule; onClose: () => void }) {
  const { t } = useTranslation(['suggestions', 'common'])
  const client = useQueryClient()
  const networks = useQuery(networkChoicesOptions).data?.items ?? []
  const [draft, setDraft] = useState(() => draftOf(rule))
  const [asked, setAsked] = useState(false)
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  const save = useMutation({
    mutationFn: ({ network, ...rest }: Draft) => saveRule(rule?.id, { ...rest, name: rest.name.trim(), network_id: Number(network) }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['provisioning-rules'] })
      onClose()
    },
  })
  const refused = save.error instanceof ApiError ? save.error.errors : []
  const errorAt = (name: string, typed?: string) => {
    const problem = refused.find((item) => fieldName(item.field) === name || fieldName(item.field).startsWith(`${name}.`))
    return problem ? fieldErrorText(problem) : asked && typed?.trim() === '' ? t('common:field.required') : undefined
  }
  return (
    <FormDialog
      size="md"
      title={rule ? t('rule.edit', { name: rule.name }) : t('rule.add')}
      description={t('rule.text')}
      submitLabel={t('common:action.save')}
      busy={save.isPending}
      error={formErrorText(save.error, FIELDS)}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        setAsked(true)
        if (draft.name.trim() && draft.network) save.mutate(draft)
      }}
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t('rule.name')} error={errorAt('name', draft.name)}>
          <Input value={draft.name} maxLength={120} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Field label={t('column.network')} error={errorAt('network_id', draft.network)}>
          <Select
            options={networks.map((network) => ({ value: String(network.id), label: network.name ? `${network.name} · ${network.cidr}` : network.cidr }))}
            placeholder={t('rule.choose')}
            value={draft.network}
            onChange={(event) => set({ network: event.target.value })}
          />
        </Field>
      </div>
      <CollectorChoice value={draft.collectors} onChange={(collectors) => set({ collectors })} />
      <Logins chosen={draft.credential_profile_ids} onChange={(credential_profile_ids) => set({ credential_profile_ids })} error={errorAt('credential_profile_ids')} />
      <IntervalChoice value={draft.interval} onChange={(interval) => set({ interval })} error={errorAt('interval')} />
    </FormDialog>
  )
}

function Logins({ chosen, onChange, error }: { chosen: readonly number[]; onChange: (ids: number[]) => void; error: string | undefined }) {
  const { t } = useTranslation('suggestions')
  const words = useCredentialWords()
  const profiles = useQuery({ ...credentialsOptions, enabled: useCan('operator') }).data?.items ?? []
  const toggle = (id: number) => onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  if (profiles.length === 0) return null
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{t('rule.logins')}</legend>
      <div className="grid gap-x-5 gap-y-2 sm:grid-cols-2">
        {profiles.map((profile) => (
          <Checkbox key={profile.id} checked={chosen.includes(profile.id)} onChange={() => toggle(profile.id)} label={<>{profile.name} <span className="text-sm text-muted">{words.type(profile.type)}</span></>} />
        ))}
      </div>
      <p className="mt-1.5 text-xs text-muted">{t('rule.logins_hint')}</p>
      {error && (
        <p role="alert" className="mt-1.5 text-xs text-down">
          {error}
        </p>
      )}
    </fieldset>
  )
}
