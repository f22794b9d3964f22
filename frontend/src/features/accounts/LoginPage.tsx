import { useNavigate, useSearch } from '@tanstack/react-router'
import { Eye, EyeOff } from 'lucide-react'
import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { chooseLanguage } from '@/api/profile'
import { codeText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import { login, useSession } from '@/api/session'
import { LANGUAGE_NAMES, LANGUAGES, LOCALES } from '@/i18n/languages'
import { useLanguage } from '@/i18n/use-locale'
import { cx } from '@/lib/cx'
import { localPath } from '@/lib/local-path'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { IconButton } from '@/ui/IconButton'
import { Input } from '@/ui/Input'
import { LogoMark } from '@/ui/Logo'
import { Notice } from '@/ui/Notice'
import { GlassScene } from './GlassScene'

/** The door: a calm picture, two fields, and a plain sentence when something is wrong. */
export function LoginPage() {
  const { t } = useTranslation('auth')
  const { status } = useSession()
  const navigate = useNavigate()
  const next = localPath((useSearch({ strict: false }) as { next?: unknown }).next)
  useEffect(() => {
    if (status === 'in') void navigate({ href: next, replace: true })
  }, [status, next, navigate])
  return (
    <main className="relative flex min-h-full flex-col overflow-hidden pb-2">
      <title>{`${t('title')} · Lanarium`}</title>
      <GlassScene />
      <div className="relative m-auto flex w-full max-w-95 flex-col px-6 py-10">
        <div className="mb-8 flex flex-col items-center text-center">
          <LogoMark className="size-14" />
          <h1 className="mt-4 text-2xl font-semibold tracking-tight">Lanarium</h1>
          <p className="mt-1 text-base text-muted">{t('tagline')}</p>
        </div>
        <LoginForm />
      </div>
      <LanguageRow />
    </main>
  )
}

function LoginForm() {
  const { t } = useTranslation('auth')
  const { t: c } = useTranslation()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [shown, setShown] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const [tried, setTried] = useState(false)
  // Said here and not by the browser, which knows its own language only.
  const missing = (value: string) => (tried && !busy && !error && !value.trim() ? c('field.required') : undefined)
  const wait = useCountdown(error)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!username.trim() || !password) return
    setBusy(true)
    setError(null)
    try {
      await login(username.trim(), password)
    } catch (problem) {
      setPassword('')
      setError(problem instanceof ApiError ? problem : new ApiError({ status: 0, code: 'unexpected' }))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="card flex flex-col gap-4 p-6 shadow-lifted">
      {error && <Notice tone={wait > 0 ? 'degraded' : 'down'}>{codeText(error.code, wait > 0 ? { ...error.params, seconds: wait, count: wait } : error.params, error.message)}</Notice>}
      <Field label={t('username')} error={missing(username)}>
        <Input name="username" value={username} onChange={(event) => setUsername(event.target.value)} autoComplete="username" autoCapitalize="none" autoFocus required />
      </Field>
      <Field label={t('password')} error={missing(password)}>
        <Input
          name="password"
          type={shown ? 'text' : 'password'}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          autoComplete="current-password"
          required
          trailing={
            <IconButton size="sm" label={shown ? t('hide_password') : t('show_password')} onClick={() => setShown(!shown)}>
              {shown ? <EyeOff /> : <Eye />}
            </IconButton>
          }
        />
      </Field>
      <Button type="submit" variant="primary" busy={busy} disabled={wait > 0} className="mt-1 w-full">
        {busy ? t('logging_in') : t('submit')}
      </Button>
    </form>
  )
}

/** Whole seconds until the server lets this person try again; counts down to 0. */
function useCountdown(error: ApiError | null): number {
  const [rest, setRest] = useState({ error, seconds: 0 })
  if (rest.error !== error) setRest({ error, seconds: error?.status === 429 ? Number(error.params['seconds'] ?? 30) : 0 })
  const running = rest.seconds > 0
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setRest((now) => ({ ...now, seconds: Math.max(0, now.seconds - 1) })), 1000)
    return () => clearInterval(timer)
  }, [running])
  return Math.ceil(rest.seconds)
}

function LanguageRow() {
  const { t } = useTranslation('auth')
  const current = useLanguage()
  return (
    <nav aria-label={t('language')} className="relative mx-auto flex max-w-100 flex-wrap justify-center gap-x-1 gap-y-0.5 px-4 pb-4 text-sm sm:max-w-none">
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={LOCALES[language]}
          aria-pressed={language === current}
          onClick={() => void chooseLanguage(language)}
          className={cx('h-7 rounded-md px-2 max-sm:h-9', language === current ? 'bg-glass font-medium text-text' : 'text-muted hover:text-text')}
        >
          {LANGUAGE_NAMES[language]}
        </button>
      ))}
    </nav>
  )
}
