import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { api, unwrap } from '@/api/client'
import { chooseLanguage, chooseTheme } from '@/api/profile'
import { setUser, useSession } from '@/api/session'
import type { User } from '@/api/types'
import { useApiForm } from '@/api/use-api-form'
import { useFieldText } from '@/api/use-field-text'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '@/i18n/languages'
import { useLanguage } from '@/i18n/use-locale'
import { text } from '@/lib/rules'
import { useTheme, type ThemeChoice } from '@/lib/theme'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { Notice } from '@/ui/Notice'
import { Card, Page } from '@/ui/Page'
import { Select } from '@/ui/Select'
import { showToast } from '@/ui/toast'
import { PasswordCard } from './PasswordCard'
import { SessionsCard } from './SessionsCard'

const THEMES = ['system', 'dark', 'light'] as const

export function ProfilePage() {
  const { t } = useTranslation(['settings', 'common'])
  const { user } = useSession()
  if (!user) return null
  return (
    <Page width="text" title={t('profile.title')} summary={t('profile.who', { name: user.username, role: t(`common:role.${user.role}`) })}>
      <AppearanceCard />
      <IdentityCard user={user} />
      <PasswordCard />
      <SessionsCard />
    </Page>
  )
}

function AppearanceCard() {
  const { t } = useTranslation(['settings', 'shell'])
  const language = useLanguage()
  const theme = useTheme()
  return (
    <Card title={t('profile.appearance')} summary={t('profile.at_once')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('shell:person.language')}>
          <Select value={language} onChange={(event) => void chooseLanguage(event.target.value as Language)} options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))} />
        </Field>
        <Field label={t('shell:person.theme')}>
          <Select value={theme} onChange={(event) => void chooseTheme(event.target.value as ThemeChoice)} options={THEMES.map((value) => ({ value, label: t(`shell:theme.${value}`) }))} />
        </Field>
      </div>
    </Card>
  )
}

const schema = z.object({ full_name: text(200), email: text(254) })

function IdentityCard({ user }: { user: User }) {
  const { t } = useTranslation(['settings', 'common'])
  const fieldText = useFieldText()
  const { form, errorOf, busy, error, submit } = useApiForm({
    schema,
    defaults: { full_name: user.full_name ?? '', email: user.email ?? '' },
    send: ({ full_name, email }) => unwrap(api.PATCH('/api/v1/auth/me', { body: { full_name, email: email || null } })),
    onDone: (saved) => {
      setUser(saved)
      form.reset({ full_name: saved.full_name ?? '', email: saved.email ?? '' })
      showToast(t('profile.saved'), { tone: 'up' })
    },
    stale: ['users'],
  })
  return (
    <Card title={t('profile.identity')}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('users.full_name')} optional error={fieldText(errorOf('full_name'))}>
            <Input autoComplete="name" {...form.register('full_name')} />
          </Field>
          <Field label={t('users.email')} optional error={fieldText(errorOf('email'))}>
            <Input type="email" autoComplete="email" {...form.register('email')} />
          </Field>
        </div>
        {error && <Notice tone="down">{error}</Notice>}
        <Button type="submit" busy={busy} disabledReason={!form.formState.isDirty && t('profile.nothing_to_save')} className="self-start">
          {t('common:action.save')}
        </Button>
      </form>
    </Card>
  )
}
