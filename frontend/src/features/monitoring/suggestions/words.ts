import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Suggestion } from '@/api/types'
import { useCollectorName } from '../words'

/** Why something is suggested, in the person's language. */
export function useSuggestionReason(): (suggestion: Suggestion) => string {
  const { t } = useTranslation('suggestions')
  const collectorName = useCollectorName()
  return ({ reason, collector, port }) => {
    const key = `reason.${reason.code}`
    const params = { port, ...reason.params, service: String(reason.params['service'] ?? '') }
    return i18next.exists(`suggestions:${key}`) ? String(t(key as 'reason.port_open', params as never)) : collectorName(collector)
  }
}
