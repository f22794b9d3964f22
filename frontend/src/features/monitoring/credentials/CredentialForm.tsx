import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText, fieldErrorText, formErrorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import { sitesQuery } from '@/api/site'
import type { CredentialKind, CredentialProfile } from '@/api/types'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { SkeletonLines } from '@/ui/Skeleton'
import { CredentialFields } from './CredentialFields'
import { bodyOf, draftOf, fieldsOf, plainField, type CredentialDraft, type CredentialType } from './draft'
import { credentialTypesOptions, useSaveCredentials } from './queries'
import { useCredentialWords } from './words'

type Props = { profile?: CredentialProfile; onClose: () => void; onSaved: (profile: CredentialProfile, test: boolean) => void }

/** Makes a credential profile or changes one. What was typed stays through any refusal, a lost connection and any refresh behind it. */
export function CredentialForm({ profile, onClose, onSaved }: Props) {
  const { t } = useTranslation(['credentials', 'common'])
  const types = useQuery(credentialTypesOptions)
  const [draft, setDraft] = useState<CredentialDraft>(() => draftOf(profile, 'winrm'))
  const [asked, setAsked] = useState(false)
  const save = useSaveCredentials(profile?.id)
  const set = (change: Partial<CredentialDraft>) => setDraft((before) => ({ ...before, ...change }))
  const kind = types.data?.items.find((item) => item.type === draft.type)
  const problems = save.error instanceof ApiError ? save.error.errors.map((item) => ({ ...item, field: plainField(item.field, draft.type) })) : []
  const shown = ['name', 'site_id', ...(kind ? fieldsOf(kind, draft).map((field) => (field.kind === 'secret' ? field.name : field.control.name)) : [])]
  const errorAt = (name: string) => {
    const problem = problems.find((item) => item.field === name)
    if (problem) return fieldErrorText(problem)
    return asked && isEmpty(draft, name, kind) ? t('common:field.required') : undefined
  }
  const submit = (test: boolean) => {
    setAsked(true)
    if (kind && !shown.some((name) => isEmpty(draft, name, kind))) save.mutate(bodyOf(kind, draft), { onSuccess: (saved) => onSaved(saved, test) })
  }
  return (
    <FormDialog
      size="md"
      title={profile ? t('edit', { name: profile.name }) : t('add')}
      submitLabel={t('common:action.save')}
      also={
        <Button busy={save.isPending} onClick={() => submit(true)}>
          {t('save_and_test')}
        </Button>
      }
      busy={save.isPending}
      error={formErrorText(save.error instanceof ApiError ? withFields(save.error, problems) : save.error, shown)}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        submit(false)
      }}
    >
      {!profile && kind && <TypeField type={draft.type} kinds={types.data?.items ?? []} onChange={(type) => set({ type, values: sameIn(draft), secrets: {} })} />}
      <Field label={t('form.name')} hint={profile ? undefined : t('form.name_hint')} error={errorAt('name')}>
        <Input value={draft.name} maxLength={120} onChange={(event) => set({ name: event.target.value })} />
      </Field>
      <SiteField draft={draft} onChange={set} error={errorAt('site_id')} />
      {kind && <CredentialFields kind={kind} draft={draft} kept={profile?.secrets_set ?? []} onChange={set} errorAt={errorAt} />}
      {types.isPending && <SkeletonLines lines={4} />}
      {types.error && <Notice tone="down">{errorText(types.error)}</Notice>}
    </FormDialog>
  )
}

/** Whether something that has to be said was not. Which secrets are needed is the server's to say. */
function isEmpty(draft: CredentialDraft, name: string, kind: CredentialKind | undefined): boolean {
  if (name === 'name') return draft.name.trim() === ''
  const needed = (kind?.options_schema['required'] ?? []) as string[]
  return needed.includes(name) && String(draft.values[name] ?? '').trim() === ''
}

/** A user name is one for every type. */
const sameIn = (draft: CredentialDraft): CredentialDraft['values'] => (draft.values['username'] === undefined ? {} : { username: draft.values['username'] })

const withFields = (error: ApiError, errors: ApiError['errors']): ApiError => new ApiError({ status: error.status, code: error.code, detail: error.message, params: error.params, errors: [...errors] })

function TypeField({ type, kinds, onChange }: { type: CredentialType; kinds: readonly CredentialKind[]; onChange: (type: CredentialType) => void }) {
  const { t } = useTranslation('credentials')
  const words = useCredentialWords()
  const kind = kinds.find((item) => item.type === type)
  return (
    <Field label={t('form.type')} hint={words.summary(type, kind?.summary ?? '')}>
      <Select options={kinds.map((item) => ({ value: item.type, label: words.type(item.type) }))} value={type} onChange={(event) => onChange(event.target.value as CredentialType)} />
    </Field>
  )
}

function SiteField({ draft, onChange, error }: { draft: CredentialDraft; onChange: (change: Partial<CredentialDraft>) => void; error: string | undefined }) {
  const { t } = useTranslation(['credentials', 'shell'])
  const sites = useQuery(sitesQuery).data?.items ?? []
  if (sites.length < 2) return null
  return (
    <Field label={t('shell:site.label')} hint={t('form.site_hint')} error={error}>
      <Select options={sites.map((site) => ({ value: String(site.id), label: site.name }))} placeholder={t('shell:site.all')} value={draft.site} onChange={(event) => onChange({ site: event.target.value })} />
    </Field>
  )
}
