import i18next from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { codeText } from '@/api/errors'
import type { Params } from '@/api/problem'
import type { Reason } from '@/api/types'
import { useLocale } from '@/i18n/use-locale'
import { formatValue, type Unit } from '@/lib/units'
import type { OptionWords } from '@/ui/OptionFields'

type Said = Pick<Reason, 'code' | 'text'> & { params?: Record<string, unknown> }

/** Why something is as it is, in the person's language; the server's sentence where there is no translation. */
export function useReasonText(): (reason: Said) => string {
  useTranslation('errors')
  return useCallback((reason) => codeText(reason.code, reason.params as Params | undefined, reason.text), [])
}

/** A text by a key that the server makes up; null where nobody translated it yet. */
function useLookup(): (key: string) => string | null {
  const { t } = useTranslation('monitoring')
  return (key) => (i18next.exists(`monitoring:${key}`) ? String(t(key as never)) : null)
}

/** A name that nobody translated, made readable. */
const readable = (name: string): string => name.replaceAll('_', ' ')

export function useCollectorName(): (name: string) => string {
  const find = useLookup()
  return (name) => find(`collector.${name}`) ?? name
}

/** What a plugin is called: those that come with Lanarium by their collector, in the person's language. */
export function usePluginName(): (plugin: { name: string; type: string; built_in?: boolean }) => string {
  const collectorName = useCollectorName()
  return (plugin) => (plugin.built_in || plugin.name === plugin.type ? collectorName(plugin.type) : plugin.name)
}

export function usePhaseName(): (name: string) => string {
  const find = useLookup()
  return (name) => find(`phase.${name}`) ?? readable(name)
}

export function useMetricName(): (name: string) => string {
  const find = useLookup()
  return (name) => find(`metric.${name}`) ?? readable(name)
}

export function useValueText(): (value: number, unit: Unit) => string {
  const locale = useLocale()
  const { t } = useTranslation()
  return (value, unit) => (unit === 'bool' && (value === 0 || value === 1) ? t(value ? 'value.yes' : 'value.no') : formatValue(value, unit, locale))
}

/** The words of one collector's options. */
export function useOptionWords(): OptionWords {
  const find = useLookup()
  return {
    label: (name) => find(`option.${name}.label`) ?? readable(name),
    hint: (name) => find(`option.${name}.hint`) ?? '',
    choice: (name, choice) => find(`option.${name}.choice.${choice}`) ?? choice,
  }
}
