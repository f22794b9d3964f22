import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { api, unwrap } from '@/api/client'
import { useApiForm } from '@/api/use-api-form'
import { useFieldText } from '@/api/use-field-text'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { Notice } from '@/ui/Notice'
import { Card } from '@/ui/Page'
import { showToast } from '@/ui/toast'

const schema = z
  .object({ current_password: z.string().min(1, 'required'), new_password: z.string().min(1, 'required'), repeated: z.string() })
  .refine((values) => values.new_password === values.repeated, { path: ['repeated'], message: 'passwords_differ' })

/** Changes the password; every other session ends. */
export function PasswordCard() {
  const { t } = useTranslation('settings')
  const fieldText = useFieldText()
  const { form, errorOf, busy, error, submit } = useApiForm({
    schema,
    defaults: { current_password: '', new_password: '', repeated: '' },
    send: ({ current_password, new_password }) => unwrap(api.POST('/api/v1/auth/password', { body: { current_password, new_password } })),
    onDone: () => {
      form.reset()
      showToast(t('profile.password_changed'), { tone: 'up' })
    },
    stale: ['sessions'],
  })
  const field = (name: 'current_password' | 'new_password' | 'repeated', autoComplete: string, hint?: string) => (
    <Field label={t(`profile.${name}`)} error={fieldText(errorOf(name))} hint={hint}>
      <Input type="password" autoComplete={autoComplete} {...form.register(name)} />
    </Field>
  )
  return (
    <Card title={t('profile.password')}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-3">
          {field('current_password', 'current-password')}
          {field('new_password', 'new-password', t('profile.password_hint'))}
          {field('repeated', 'new-password')}
        </div>
        {error && <Notice tone="down">{error}</Notice>}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit" busy={busy}>
            {t('profile.change_password')}
          </Button>
          <span className="text-sm text-muted">{t('profile.password_effect')}</span>
        </div>
      </form>
    </Card>
  )
}
