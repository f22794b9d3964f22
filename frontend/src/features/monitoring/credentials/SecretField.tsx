import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '@/ui/Field'
import { IconButton } from '@/ui/IconButton'
import { Input } from '@/ui/Input'
import { Textarea } from '@/ui/Textarea'

type Props = { label: string; hint: string | undefined; value: string; kept: boolean; lines: boolean; error: string | undefined; onChange: (value: string) => void }

/** A secret: written, never read. One that is there already stays unless something is typed. */
export function SecretField({ label, hint, value, kept, lines, error, onChange }: Props) {
  const { t } = useTranslation('credentials')
  const [shown, setShown] = useState(false)
  const common = { value, placeholder: kept ? t('secret.kept') : '', autoComplete: 'new-password', maxLength: 16_384 }
  return (
    <Field label={label} hint={kept && !value ? t('secret.kept_hint') : hint} error={error} className={lines ? 'sm:col-span-2' : ''}>
      {lines ? (
        <Textarea mono rows={4} {...common} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <Input
          type={shown ? 'text' : 'password'}
          {...common}
          onChange={(event) => onChange(event.target.value)}
          trailing={
            value && (
              <IconButton size="sm" label={t(shown ? 'secret.hide' : 'secret.show')} onClick={() => setShown(!shown)}>
                {shown ? <EyeOff /> : <Eye />}
              </IconButton>
            )
          }
        />
      )}
    </Field>
  )
}
