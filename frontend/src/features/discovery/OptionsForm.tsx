import { useTranslation } from 'react-i18next'
import type { ScanOptions } from '@/api/types'
import { Checkbox } from '@/ui/Checkbox'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { Switch } from '@/ui/Switch'
import type { OptionControl } from '@/lib/option-schema'

type Values = Record<string, unknown>
type Props = { controls: readonly OptionControl[]; values: ScanOptions; onChange: (values: ScanOptions) => void; errorAt: (field: string) => string | undefined }

/** The custom profile's options, drawn from the server's schema. */
export function OptionsForm({ controls, values, onChange, errorAt }: Props) {
  const set = (name: string, value: unknown) => onChange({ ...values, [name]: value } as ScanOptions)
  const value = (control: OptionControl): unknown => (values as Values)[control.name] ?? ((values as Values)[control.name] === null ? null : control.initial)
  const order = { choice: 0, text: 1, number: 2, switch: 3, many: 4, pairs: 5 }
  const sorted = [...controls].sort((a, b) => order[a.kind] - order[b.kind])
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
      {sorted.map((control) => (
        <OptionField key={control.name} control={control} value={value(control)} onChange={(next) => set(control.name, next)} error={errorAt(`options.${control.name}`)} />
      ))}
    </div>
  )
}

type FieldProps = { control: OptionControl; value: unknown; onChange: (value: unknown) => void; error: string | undefined }

/** Texts of an option; a new option of the server is shown under its own name. */
function useOptionText() {
  const { t, i18n } = useTranslation('discovery')
  const read = (key: string, fallback: string) => (i18n.exists(`discovery:${key}`) ? String(t(key as 'option.tcp_ports.label')) : fallback)
  return {
    label: (name: string) => read(`option.${name}.label`, name.replaceAll('_', ' ')),
    hint: (name: string) => read(`option.${name}.hint`, ''),
    choice: (name: string, choice: string) => read(`option.${name}.choice.${choice}`, choice),
  }
}

function OptionField({ control, value, onChange, error }: FieldProps) {
  const text = useOptionText()
  const label = text.label(control.name)
  const hint = text.hint(control.name) || undefined
  if (control.kind === 'switch') return <Switch showLabel label={label} hint={error ?? hint} checked={value === true} onChange={onChange} />
  if (control.kind === 'many') return <ScriptChoice label={label} hint={hint} error={error} choices={control.choices} value={value} onChange={onChange} />
  return (
    <Field label={label} hint={hint} error={error}>
      <OptionInput control={control} value={value} onChange={onChange} />
    </Field>
  )
}

function OptionInput({ control, value, onChange }: Omit<FieldProps, 'error'>) {
  const text = useOptionText()
  if (control.kind === 'choice') {
    const options = control.choices.map((choice) => ({ value: choice, label: text.choice(control.name, choice) }))
    return <Select options={options} value={String(value)} onChange={(event) => onChange(event.target.value)} />
  }
  const shown = value === null || value === undefined ? '' : String(value)
  if (control.kind === 'number') {
    const read = (typed: string) => (typed === '' ? (control.nullable ? null : undefined) : Number(typed))
    return <Input type="number" inputMode="numeric" min={control.minimum} max={control.maximum} value={shown} onChange={(event) => onChange(read(event.target.value))} />
  }
  return <Input mono value={shown} onChange={(event) => onChange(event.target.value.trim() === '' ? null : event.target.value)} />
}

type ChoiceProps = { label: string; hint: string | undefined; error: string | undefined; choices: readonly string[]; value: unknown; onChange: (value: string[]) => void }

function ScriptChoice({ label, hint, error, choices, value, onChange }: ChoiceProps) {
  const chosen = Array.isArray(value) ? (value as string[]) : []
  const toggle = (name: string) => onChange(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name])
  return (
    <fieldset className="min-w-0 sm:col-span-2">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="grid max-h-52 grid-cols-[repeat(auto-fill,minmax(12rem,1fr))] gap-x-4 gap-y-2 overflow-y-auto rounded-md border border-line-strong p-3">
        {choices.map((name) => (
          <Checkbox key={name} checked={chosen.includes(name)} onChange={() => toggle(name)} label={<span className="mono text-sm">{name}</span>} />
        ))}
      </div>
      {hint && <p className="mt-1.5 text-xs text-muted">{hint}</p>}
      {error && (
        <p role="alert" className="mt-1.5 text-xs text-down">
          {error}
        </p>
      )}
    </fieldset>
  )
}
