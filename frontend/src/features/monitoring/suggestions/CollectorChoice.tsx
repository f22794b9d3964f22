import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/use-format'
import { Checkbox } from '@/ui/Checkbox'
import { Field } from '@/ui/Field'
import { Select } from '@/ui/Select'
import { extensionsOptions } from '../queries'
import { useCollectorName } from '../words'

/** Which collectors; none chosen means every one that fits. */
export function CollectorChoice({ value, onChange }: { value: readonly string[]; onChange: (collectors: string[]) => void }) {
  const { t } = useTranslation('suggestions')
  const collectorName = useCollectorName()
  const collectors = (useQuery(extensionsOptions).data?.items ?? []).filter((item) => item.kind === 'collector')
  const toggle = (name: string) => onChange(value.includes(name) ? value.filter((other) => other !== name) : [...value, name])
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{t('collectors.label')}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {collectors.map(({ name }) => (
          <Checkbox key={name} checked={value.includes(name)} onChange={() => toggle(name)} label={collectorName(name)} />
        ))}
      </div>
      <p className="mt-1.5 text-xs text-muted">{t('collectors.hint')}</p>
    </fieldset>
  )
}

const INTERVALS = [10, 30, 60, 300, 900, 3_600] as const

/** How often; null is what each collector is used to. */
export function IntervalChoice({ value, onChange, error }: { value: number | null; onChange: (seconds: number | null) => void; error?: string | undefined }) {
  const { t } = useTranslation(['suggestions', 'monitoring'])
  const format = useFormat()
  const seconds = [...new Set([...INTERVALS, ...(value === null ? [] : [value])])].sort((a, b) => a - b)
  return (
    <Field label={t('monitoring:interval.label')} error={error}>
      <Select
        options={seconds.map((interval) => ({ value: String(interval), label: format.duration(interval) }))}
        placeholder={t('interval_usual')}
        value={value === null ? '' : String(value)}
        onChange={(event) => onChange(event.target.value ? Number(event.target.value) : null)}
      />
    </Field>
  )
}
