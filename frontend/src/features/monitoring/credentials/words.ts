import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { OptionWords } from '@/ui/OptionFields'

type Key = 'type.ssh.name'

/** The words of types of credentials and of their fields; one that is new is shown under its own name. */
export function useCredentialWords(): OptionWords & { type: (type: string) => string; summary: (type: string, fallback: string) => string } {
  const { t } = useTranslation('credentials')
  const find = (key: string) => (i18next.exists(`credentials:${key}`) ? t(key as Key) : null)
  const readable = (name: string) => name.replaceAll('_', ' ')
  return {
    type: (type) => find(`type.${type}.name`) ?? readable(type),
    summary: (type, fallback) => find(`type.${type}.summary`) ?? fallback,
    label: (name) => find(`field.${name}.label`) ?? readable(name),
    hint: (name) => find(`field.${name}.hint`) ?? '',
    choice: (name, choice) => find(`field.${name}.choice.${choice}`) ?? choice,
  }
}
