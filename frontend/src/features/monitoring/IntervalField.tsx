import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/use-format'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'

const USUAL = [10, 30, 60, 300, 900, 3_600] as const
const OTHER = 'other'
export const LONGEST_S = 86_400

/** How often: a usual interval, or any number of seconds. Zero while nothing valid is typed. */
export function IntervalField({ seconds, onChange, error }: { seconds: number; onChange: (seconds: number) => void; error?: string | undefined }) {
  const { t } = useTranslation('monitoring')
  const format = useFormat()
  const [own, setOwn] = useState(!USUAL.some((usual) => usual === seconds))
  const options = [...USUAL.map((usual) => ({ value: String(usual), label: format.duration(usual) })), { value: OTHER, label: t('interval.other') }]
  const pick = (value: string) => {
    setOwn(value === OTHER)
    if (value !== OTHER) onChange(Number(value))
  }
  return (
    <div className="flex items-start gap-2">
      <Field label={t('interval.label')} error={error} className="min-w-36 flex-1">
        <Select options={options} value={own ? OTHER : String(seconds)} onChange={(event) => pick(event.target.value)} />
      </Field>
      {own && (
        <Field label={t('interval.seconds')} className="w-28">
          <Input type="number" inputMode="numeric" min={1} max={LONGEST_S} value={seconds > 0 ? String(seconds) : ''} onChange={(event) => onChange(Math.min(LONGEST_S, Math.max(0, Math.round(Number(event.target.value)))))} />
        </Field>
      )}
    </div>
  )
}
