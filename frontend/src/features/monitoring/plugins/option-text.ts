import { useTranslation } from 'react-i18next'
import type { OptionControl } from '@/lib/option-schema'
import { useOptionWords } from '../words'

const LONGEST = 40

/** What an option is set to, short enough for a line. */
export function useOptionText(): (control: OptionControl, value: unknown) => string {
  const { t } = useTranslation()
  const words = useOptionWords()
  return (control, value) => {
    if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
    if (value === null || value === undefined || value === '') return t('value.none')
    if (Array.isArray(value)) return value.join(', ').slice(0, LONGEST)
    if (typeof value === 'object') return Object.keys(value).join(', ').slice(0, LONGEST) || t('value.none')
    return control.kind === 'choice' ? words.choice(control.name, String(value)) : String(value).slice(0, LONGEST)
  }
}
