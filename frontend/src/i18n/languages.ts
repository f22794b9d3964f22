/** The seven languages. `no` is Bokmål; its HTML language tag is `nb`. */
export const LANGUAGES = ['en', 'no', 'sv', 'da', 'fi', 'de', 'fr'] as const
export type Language = (typeof LANGUAGES)[number]

export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  no: 'Norsk',
  sv: 'Svenska',
  da: 'Dansk',
  fi: 'Suomi',
  de: 'Deutsch',
  fr: 'Français',
}

/** The tag for Intl and for `<html lang>`. English is the British kind: day before month. */
export const LOCALES: Record<Language, string> = {
  en: 'en-GB',
  no: 'nb',
  sv: 'sv',
  da: 'da',
  fi: 'fi',
  de: 'de',
  fr: 'fr',
}

const ALIASES: Record<string, Language> = { nb: 'no', nn: 'no' }

/** The supported language behind a tag such as "nb-NO", or null. */
export function asLanguage(tag: string | null | undefined): Language | null {
  const base = tag?.toLowerCase().split('-')[0] ?? ''
  return LANGUAGES.find((language) => language === base) ?? ALIASES[base] ?? null
}
