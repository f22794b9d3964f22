import i18next, { type BackendModule, type ResourceKey } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { readPreference, writePreference } from '@/lib/storage'
import { asLanguage, LANGUAGES, LOCALES, type Language } from './languages'

const files = import.meta.glob<{ default: ResourceKey }>('./locales/*/*.json')

/** Loads one language's file for one namespace when a page first asks for it. */
const lazyFiles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = files[`./locales/${language}/${namespace}.json`]
    if (!load) return done(new Error(`no texts ${language}/${namespace}`), false)
    load().then(
      (file) => done(null, file.default),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), true),
    )
  },
}

function firstLanguage(): Language {
  const saved = asLanguage(readPreference('language'))
  return saved ?? navigator.languages.map(asLanguage).find((language) => language !== null) ?? 'en'
}

const applyToPage = (language: string) => {
  document.documentElement.lang = LOCALES[asLanguage(language) ?? 'en']
}

/** Starts translation; resolves when the shell's own texts are there. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', applyToPage)
  await i18next
    .use(lazyFiles)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      supportedLngs: [...LANGUAGES],
      fallbackLng: 'en',
      ns: ['common', 'shell', 'errors'],
      defaultNS: 'common',
      // React escapes; escaping twice would show entities.
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    })
}

/** Switches the language of the whole page and remembers it on this device. */
export async function setLanguage(language: Language): Promise<void> {
  writePreference('language', language)
  await i18next.changeLanguage(language)
}
