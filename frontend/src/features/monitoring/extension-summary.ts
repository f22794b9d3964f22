import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Extension } from '@/api/types'

/** What an extension does, in a line of the person's language; the program's own line for one that nobody translated. */
export function useExtensionSummary(): (extension: Pick<Extension, 'kind' | 'name' | 'summary'>) => string {
  const { t } = useTranslation('plugins')
  return ({ kind, name, summary }) => {
    const key = `extension.does.${kind}_${name}` as const
    return i18next.exists(`plugins:${key}`) ? t(key as 'extension.does.collector_http') : summary
  }
}
