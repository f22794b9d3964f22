import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { api, unwrap } from '@/api/client'
import { useFieldText } from '@/api/use-field-text'
import { useApiForm } from '@/api/use-api-form'
import type { User } from '@/api/types'
import { requiredText, text } from '@/lib/rules'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { ofUser } from './queries'
import { SitesField } from './SitesField'

const ROLES = ['viewer', 'operator', 'admin'] as const

const schema = z.object({
  username: requiredText(64),
  full_name: text(200),
  email: text(254),
  role: z.enum(ROLES),
  password: z.string(),
  site_ids: z.array(z.number()),
})
type Values = z.infer<typeof schema>

const create = (values: Values) => unwrap(api.POST('/api/v1/users', { body: { ...values, email: values.email || null } }))

const update = (id: number, { full_name, role, site_ids, email, password }: Values) =>
  unwrap(api.PATCH('/api/v1/users/{user_id}', { ...ofUser(id), body: { full_name, role, site_ids, email: email || null, ...(password ? { password } : {}) } }))

/** Makes a person known, or changes one. The user name is fixed once made. */
export function UserForm({ user, onClose }: { user?: User; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const fieldText = useFieldText()
  const { form, errorOf, busy, error, submit } = useApiForm({
    schema: user ? schema : schema.extend({ password: z.string().min(1, 'required') }),
    defaults: {
      username: user?.username ?? '',
      full_name: user?.full_name ?? '',
      email: user?.email ?? '',
      role: user?.role ?? 'viewer',
      password: '',
      site_ids: user?.site_ids ?? [],
    },
    send: (values) => (user ? update(user.id, values) : create(values)),
    onDone: onClose,
    stale: ['users'],
  })
  return (
    <FormDialog
      title={user ? t('users.edit_title', { name: user.username }) : t('users.add')}
      submitLabel={user ? t('common:action.save') : t('users.add')}
      onSubmit={(event) => void submit(event)}
      onClose={onClose}
      busy={busy}
      error={error}
    >
      {!user && (
        <Field label={t('users.username')} error={fieldText(errorOf('username'))}>
          <Input {...form.register('username')} autoCapitalize="none" />
        </Field>
      )}
      <Field label={t('users.full_name')} optional error={fieldText(errorOf('full_name'))}>
        <Input {...form.register('full_name')} />
      </Field>
      <Field label={t('users.email')} optional error={fieldText(errorOf('email'))}>
        <Input type="email" {...form.register('email')} />
      </Field>
      <Field label={t('users.role')} hint={t(`users.role_hint.${form.watch('role')}`)} error={fieldText(errorOf('role'))}>
        <Select options={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))} {...form.register('role')} />
      </Field>
      <Controller control={form.control} name="site_ids" render={({ field }) => <SitesField value={field.value} onChange={field.onChange} />} />
      <Field label={user ? t('users.new_password') : t('users.password')} optional={Boolean(user)} hint={user ? t('users.new_password_hint') : t('profile.password_hint')} error={fieldText(errorOf('password'))}>
        <Input type="password" autoComplete="new-password" {...form.register('password')} />
      </Field>
    </FormDialog>
  )
}
