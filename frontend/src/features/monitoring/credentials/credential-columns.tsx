import { useQuery } from '@tanstack/react-query'
import { LockKeyhole } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { sitesQuery } from '@/api/site'
import type { CredentialProfile } from '@/api/types'
import { paths } from '@/lib/paths'
import { TextLink } from '@/ui/LinkButton'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { useCredentialWords } from './words'

/** What is known of a login without its secrets. */
export function useCredentialColumns(): Column<CredentialProfile>[] {
  const { t } = useTranslation(['credentials', 'shell'])
  const words = useCredentialWords()
  const sites = useQuery(sitesQuery).data?.items ?? []
  const site: Column<CredentialProfile> = { id: 'site', header: t('shell:site.label'), width: 120, cell: ({ site_id }) => sites.find((one) => one.id === site_id)?.name ?? t('shell:site.all') }
  return [
    { id: 'name', header: t('form.name'), sort: 'name', width: 220, fixed: true, cell: ({ name }) => <span className="font-medium" title={name}>{name}</span> },
    { id: 'type', header: t('form.type'), sort: 'type', width: 190, cell: ({ type }) => words.type(type) },
    { id: 'username', header: t('field.username.label'), width: 200, cell: (profile) => <Login profile={profile} /> },
    { id: 'secrets', header: t('column.secrets'), width: 200, cell: (profile) => <Secrets profile={profile} /> },
    { id: 'used', header: t('column.used'), width: 170, cell: (profile) => <Used profile={profile} /> },
    ...(sites.length > 1 ? [site] : []),
    { id: 'updated_at', header: t('column.changed'), sort: 'updated_at', width: 120, cell: ({ updated_at }) => <Time at={updated_at} /> },
  ]
}

const Nothing = () => <span className="text-muted">–</span>

function Login({ profile: { username, domain, port } }: { profile: CredentialProfile }) {
  const name = domain && !username.includes('\\') ? `${domain}\\${username}` : username
  if (!name && !port) return <Nothing />
  return (
    <span className="mono" title={name}>
      {name}
      {port && <span className="text-muted">{name ? ` :${port}` : `:${port}`}</span>}
    </span>
  )
}

function Secrets({ profile }: { profile: CredentialProfile }) {
  const { t } = useTranslation('credentials')
  const words = useCredentialWords()
  if (profile.secrets_set.length === 0) return <Nothing />
  const names = profile.secrets_set.map(words.label).join(', ')
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5 text-muted" title={`${names}. ${t('column.secrets_hint')}`}>
      <LockKeyhole aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">{names}</span>
    </span>
  )
}

/** By what it is used: the monitors are one click away. */
function Used({ profile: { id, monitors, discovery_profiles } }: { profile: CredentialProfile }) {
  const { t } = useTranslation('credentials')
  if (monitors + discovery_profiles === 0) return <span className="text-muted">{t('used.not')}</span>
  return (
    <span className="inline-flex gap-x-2">
      {monitors > 0 && (
        <TextLink to={paths.monitors} search={{ credential_profile_id: id }}>
          {t('used.monitors', { count: monitors })}
        </TextLink>
      )}
      {discovery_profiles > 0 && <span>{t('used.discovery', { count: discovery_profiles })}</span>}
    </span>
  )
}
