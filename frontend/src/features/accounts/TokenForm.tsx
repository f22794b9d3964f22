import { useState } from 'react'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { api, unwrap } from '@/api/client'
import { useSession } from '@/api/session'
import type { NewApiToken } from '@/api/types'
import { useApiForm } from '@/api/use-api-form'
import { useFieldText } from '@/api/use-field-text'
import { requiredText } from '@/lib/rules'
import { Button } from '@/ui/Button'
import { CopyButton } from '@/ui/CopyButton'
import { Dialog } from '@/ui/Dialog'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { SitesField } from './SitesField'

const ROLES = ['viewer', 'operator', 'admin'] as const
const DAYS = [7, 30, 90, 180, 365] as const

const schema = z.object({ name: requiredText(100), role: z.enum(ROLES), expires_in_days: z.string(), site_ids: z.array(z.number()) })

/** Makes a token, then shows it: this once, and never again. */
export function TokenForm({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<NewApiToken | null>(null)
  return made ? <MadeToken token={made} onClose={onClose} /> : <NewToken onMade={setMade} onClose={onClose} />
}

function NewToken({ onMade, onClose }: { onMade: (token: NewApiToken) => void; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const { user } = useSession()
  const fieldText = useFieldText()
  const roles = ROLES.slice(0, ROLES.indexOf(user?.role ?? 'viewer') + 1)
  const { form, errorOf, busy, error, submit } = useApiForm<z.infer<typeof schema>, NewApiToken>({
    schema,
    defaults: { name: '', role: 'viewer', expires_in_days: '90', site_ids: user?.site_ids ?? [] },
    send: (values) => unwrap(api.POST('/api/v1/api-tokens', { body: { ...values, expires_in_days: Number(values.expires_in_days) } })),
    onDone: onMade,
    stale: ['tokens'],
  })
  return (
    <FormDialog title={t('tokens.add')} description={t('tokens.form_text')} submitLabel={t('tokens.add')} onSubmit={(event) => void submit(event)} onClose={onClose} busy={busy} error={error}>
      <Field label={t('tokens.name')} hint={t('tokens.name_hint')} error={fieldText(errorOf('name'))}>
        <Input {...form.register('name')} />
      </Field>
      <Field label={t('users.role')} hint={t(`users.role_hint.${form.watch('role')}`)} error={fieldText(errorOf('role'))}>
        <Select options={roles.map((role) => ({ value: role, label: t(`common:role.${role}`) }))} {...form.register('role')} />
      </Field>
      <Controller control={form.control} name="site_ids" render={({ field }) => <SitesField value={field.value} onChange={field.onChange} />} />
      <Field label={t('tokens.expires')} error={fieldText(errorOf('expires_in_days'))}>
        <Select options={DAYS.map((days) => ({ value: String(days), label: t('tokens.days', { count: days }) }))} {...form.register('expires_in_days')} />
      </Field>
    </FormDialog>
  )
}

function MadeToken({ token, onClose }: { token: NewApiToken; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const done = (
    <Button variant="primary" onClick={onClose}>
      {t('tokens.stored')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} dismissible={false} size="sm" title={t('tokens.made_title', { name: token.name })} footer={done}>
      <div className="flex flex-col gap-4">
        <Notice tone="degraded">{t('tokens.made_text')}</Notice>
        <div className="flex items-center gap-2 rounded-md border border-line-strong bg-sunken py-1 pr-1 pl-3">
          <code className="mono min-w-0 flex-1 break-all select-all">{token.token}</code>
          <CopyButton value={token.token} />
        </div>
      </div>
    </Dialog>
  )
}
