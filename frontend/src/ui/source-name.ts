import { useTranslation } from 'react-i18next'

/** The name of an observation's source for people; a plugin's own name where there is no text for it. */
export function useSourceName(): (source: string) => string {
  const { t, i18n } = useTranslation()
  return (source) => (i18n.exists(`source.${source}`) ? String(t(`source.${source}` as 'source.nmap')) : source)
}
