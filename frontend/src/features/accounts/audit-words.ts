import { useTranslation } from 'react-i18next'

/** What the log can be narrowed to. The words of the API stay in the URL; people read their own. */
export const ACTIONS = ['create', 'update', 'delete', 'revoke', 'start', 'stop', 'resume', 'login', 'login_failed', 'logout', 'change_password', 'refresh_reused'] as const
export const ENTITIES = ['user', 'session', 'api_token', 'site', 'network', 'project', 'scan', 'device'] as const

/** An action or a kind of thing in words; one that is newer than this page keeps its own name. */
export function useAuditWords() {
  const { t, i18n } = useTranslation('settings')
  const word = (group: 'actions' | 'entities', name: string): string => (i18n.exists(`settings:audit.${group}.${name}`) ? String(t(`audit.${group}.${name}` as 'audit.actions.create')) : name.replaceAll('_', ' '))
  return { action: (name: string) => word('actions', name), entity: (name: string) => word('entities', name) }
}

/** What went with an action, as "name: value" pairs; nested things keep their JSON. */
export const detailText = (detail: Record<string, unknown>): string =>
  Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name.replaceAll('_', ' ')}: ${plain(value)}`)
    .join(' · ')

const plain = (value: unknown): string =>
  Array.isArray(value) && value.every((item) => typeof item !== 'object') ? value.join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value)
