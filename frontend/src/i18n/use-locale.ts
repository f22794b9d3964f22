import { useTranslation } from 'react-i18next'
import { asLanguage, LOCALES, type Language } from './languages'

/** The person's language now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return asLanguage(i18n.resolvedLanguage ?? i18n.language) ?? 'en'
}

/** The tag to format numbers and times with. */
export const useLocale = (): string => LOCALES[useLanguage()]
