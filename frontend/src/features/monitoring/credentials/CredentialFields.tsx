import { useTranslation } from 'react-i18next'
import type { CredentialKind } from '@/api/types'
import { groupControls } from '@/lib/groups'
import type { OptionControl } from '@/lib/option-schema'
import { Disclosure } from '@/ui/Disclosure'
import { OptionField, OptionFields } from '@/ui/OptionFields'
import { fieldsOf, type CredentialDraft } from './draft'
import { SecretField } from './SecretField'
import { useCredentialWords } from './words'

type Props = { kind: CredentialKind; draft: CredentialDraft; kept: readonly string[]; onChange: (change: Partial<CredentialDraft>) => void; errorAt: (name: string) => string | undefined }

const IN_LINES = new Set(['private_key'])

/** What a type of credentials asks for: who logs in, the secrets, then what the usual value is right for. */
export function CredentialFields({ kind, draft, kept, onChange, errorAt }: Props) {
  const { t } = useTranslation('credentials')
  const words = useCredentialWords()
  const fields = fieldsOf(kind, draft)
  const { required, common, advanced } = groupControls(
    kind.options_schema,
    fields.flatMap((field) => (field.kind === 'option' ? field.control : [])),
  )
  const options = { values: draft.values, onChange: (name: string, value: unknown) => onChange({ values: { ...draft.values, [name]: value } }), errorAt, words }
  const one = (control: OptionControl) => {
    const value = draft.values[control.name]
    return (
      <OptionField
        key={control.name}
        control={control}
        value={value === undefined ? control.initial : value}
        onChange={(next) => options.onChange(control.name, next)}
        error={errorAt(control.name)}
        words={words}
      />
    )
  }
  const wrong = advanced.some((control) => errorAt(control.name))
  return (
    <>
      <div className="grid items-start gap-x-4 gap-y-3.5 sm:grid-cols-2">
        {required.map(one)}
        {fields.map(
          (field) =>
            field.kind === 'secret' && (
              <SecretField
                key={field.name}
                label={words.label(field.name)}
                hint={words.hint(field.name) || undefined}
                value={draft.secrets[field.name] ?? ''}
                kept={kept.includes(field.name)}
                lines={IN_LINES.has(field.name)}
                error={errorAt(field.name)}
                onChange={(value) => onChange({ secrets: { ...draft.secrets, [field.name]: value } })}
              />
            ),
        )}
        {[...common].sort((a, b) => Number(a.kind === 'switch') - Number(b.kind === 'switch')).map(one)}
      </div>
      {advanced.length > 0 && (
        <Disclosure label={t('form.advanced', { count: advanced.length })} wrong={wrong}>
          <OptionFields controls={advanced} {...options} />
        </Disclosure>
      )}
    </>
  )
}
