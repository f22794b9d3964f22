import { X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OptionControl } from '@/lib/option-schema'
import { Button } from './Button'
import { Checkbox } from './Checkbox'
import { Field } from './Field'
import { IconButton } from './IconButton'
import { Input } from './Input'
import { Select } from './Select'
import { Switch } from './Switch'
import { Textarea } from './Textarea'

export type OptionValues = Record<string, unknown>
/** The words of an option: its label, what it is for, and the name of a choice. */
export type OptionWords = { label: (name: string) => string; hint: (name: string) => string; choice: (name: string, choice: string) => string }
type Props = { controls: readonly OptionControl[]; values: OptionValues; onChange: (name: string, value: unknown) => void; errorAt: (name: string) => string | undefined; words: OptionWords }

/** Fields for options that the server describes by a schema, in the schema's order; switches come last. */
export function OptionFields({ controls, values, onChange, errorAt, words }: Props) {
  const fields = controls.filter((control) => control.kind !== 'switch')
  const switches = controls.filter((control) => control.kind === 'switch')
  return (
    <div className="grid items-start gap-x-4 gap-y-3.5 sm:grid-cols-2">
      {[...fields, ...switches].map((control) => (
        <OptionField
          key={control.name}
          control={control}
          value={values[control.name] === undefined ? control.initial : values[control.name]}
          onChange={(value) => onChange(control.name, value)}
          error={errorAt(control.name)}
          words={words}
        />
      ))}
    </div>
  )
}

/** Texts of a list that people write with commas. */
const listOf = (text: string): string[] => text.split(',').map((item) => item.trim()).filter(Boolean)

type FieldProps = { control: OptionControl; value: unknown; onChange: (value: unknown) => void; error: string | undefined; words: OptionWords }

function OptionField({ control, value, onChange, error, words }: FieldProps) {
  const label = words.label(control.name)
  const hint = words.hint(control.name) || undefined
  if (control.kind === 'switch') return <Switch showLabel label={label} hint={error ?? hint} checked={value === true} onChange={onChange} />
  if (control.kind === 'pairs') return <Pairs label={label} hint={hint} error={error} value={value} onChange={onChange} />
  if (control.kind === 'many' && control.choices.length === 0) {
    return (
      <Field label={label} hint={hint} error={error}>
        <Input defaultValue={Array.isArray(value) ? value.join(', ') : ''} onChange={(event) => onChange(listOf(event.target.value))} />
      </Field>
    )
  }
  if (control.kind === 'many') return <Many label={label} hint={hint} error={error} choices={control.choices} nameOf={(choice) => words.choice(control.name, choice)} value={value} onChange={onChange} />
  const wide = control.kind === 'text' && control.long
  return (
    <Field label={label} hint={hint} error={error} className={wide ? 'sm:col-span-2' : ''}>
      <OptionInput control={control} value={value} onChange={onChange} words={words} />
    </Field>
  )
}

function OptionInput({ control, value, onChange, words }: Omit<FieldProps, 'error'>) {
  const shown = value === null || value === undefined ? '' : String(value)
  if (control.kind === 'choice') {
    return <Select options={control.choices.map((choice) => ({ value: choice, label: words.choice(control.name, choice) }))} value={shown} onChange={(event) => onChange(event.target.value)} />
  }
  if (control.kind === 'number') {
    return <Input type="number" inputMode="decimal" min={control.minimum} max={control.maximum} value={shown} onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))} />
  }
  const read = (typed: string) => (typed === '' && control.kind === 'text' && control.nullable ? null : typed)
  if (control.kind === 'text' && control.long) return <Textarea rows={3} value={shown} onChange={(event) => onChange(read(event.target.value))} />
  return <Input value={shown} onChange={(event) => onChange(read(event.target.value))} />
}

type GroupProps = { label: string; hint: string | undefined; error: string | undefined; value: unknown }

function Many({ label, hint, error, value, choices, nameOf, onChange }: GroupProps & { choices: readonly string[]; nameOf: (choice: string) => string; onChange: (value: string[]) => void }) {
  const chosen = Array.isArray(value) ? (value as string[]) : []
  const toggle = (name: string) => onChange(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name])
  return (
    <Group label={label} hint={hint} error={error}>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {choices.map((name) => (
          <Checkbox key={name} checked={chosen.includes(name)} onChange={() => toggle(name)} label={nameOf(name)} />
        ))}
      </div>
    </Group>
  )
}

/** Names with values: a row each, and one more to fill in. */
function Pairs({ label, hint, error, value, onChange }: GroupProps & { onChange: (value: Record<string, string>) => void }) {
  const { t } = useTranslation()
  const [rows, setRows] = useState<readonly (readonly [string, string])[]>(() => Object.entries((value ?? {}) as Record<string, string>))
  const put = (next: readonly (readonly [string, string])[]) => {
    setRows(next)
    onChange(Object.fromEntries(next.filter(([name]) => name.trim() !== '').map(([name, text]) => [name.trim(), text])))
  }
  const set = (at: number, row: readonly [string, string]) => put(rows.map((other, index) => (index === at ? row : other)))
  return (
    <Group label={label} hint={hint} error={error}>
      <div className="flex flex-col gap-2">
        {rows.map(([name, text], index) => (
          <div key={index} className="flex items-center gap-2">
            <Input className="flex-1" aria-label={t('field.name_of', { field: label })} value={name} onChange={(event) => set(index, [event.target.value, text])} />
            <Input className="flex-2" aria-label={t('field.value_of', { field: name || label })} value={text} onChange={(event) => set(index, [name, event.target.value])} />
            <IconButton size="sm" label={t('field.remove_row', { field: name || label })} onClick={() => put(rows.filter((_, other) => other !== index))}>
              <X />
            </IconButton>
          </div>
        ))}
        <div>
          <Button size="sm" onClick={() => setRows([...rows, ['', '']])}>
            {t('action.add')}
          </Button>
        </div>
      </div>
    </Group>
  )
}

function Group({ label, hint, error, children }: Omit<GroupProps, 'value'> & { children: ReactNode }) {
  return (
    <fieldset className="min-w-0 sm:col-span-2">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      {children}
      {hint && <p className="mt-1.5 text-xs text-muted">{hint}</p>}
      {error && (
        <p role="alert" className="mt-1.5 text-xs text-down">
          {error}
        </p>
      )}
    </fieldset>
  )
}
