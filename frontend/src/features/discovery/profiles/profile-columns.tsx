import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { codeText, errorText } from '@/api/errors'
import type { Params } from '@/api/problem'
import { useCan } from '@/api/session'
import type { DiscoveryProfile } from '@/api/types'
import { paths } from '@/lib/paths'
import { TextLink } from '@/ui/LinkButton'
import { StateMark } from '@/ui/StateMark'
import { Switch } from '@/ui/Switch'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { showToast } from '@/ui/toast'
import { useCronText } from '../schedules/use-cron-text'
import { credentialChoicesOptions, useSwitchProfile } from './queries'

export function useProfileColumns(reason: string | null): Column<DiscoveryProfile>[] {
  const { t } = useTranslation(['profiles', 'schedules', 'common'])
  const words = useCronText()
  const change = useSwitchProfile()
  const credentials = useQuery({ ...credentialChoicesOptions, enabled: useCan('operator') }).data?.items ?? []
  const muted = (text: string) => <span className="text-muted">{text}</span>
  const nameOf = (id: number) => credentials.find((item) => item.id === id)?.name ?? `#${id}`
  return [
    {
      id: 'name',
      header: t('schedules:form.name'),
      width: 190,
      fixed: true,
      cell: ({ name }) => <span className="font-medium" title={name}>{name}</span>,
    },
    { id: 'subnet', header: t('form.subnet'), width: 190, cell: ({ subnet }) => <span className="mono" title={subnet}>{subnet}</span> },
    { id: 'credential', header: t('form.credential'), width: 150, cell: ({ credential_profile_id: id }) => nameOf(id) },
    { id: 'when', header: t('schedules:column.when'), width: 190, cell: ({ cron, timezone }) => (cron ? <span title={`${cron} · ${timezone}`}>{words(cron)}</span> : muted(t('by_hand'))) },
    { id: 'auto', header: t('auto'), width: 130, cell: ({ auto_provision: auto }) => (auto ? <span title={t('auto_hint')}>{t('common:value.yes')}</span> : muted(t('common:value.no'))) },
    { id: 'next', header: t('schedules:column.next'), width: 110, cell: (profile) => (profile.enabled && profile.next_run_at ? <Time at={profile.next_run_at} /> : muted(profile.cron ? t('schedules:off') : '–')) },
    { id: 'last', header: t('schedules:column.last'), width: 230, cell: (profile) => <LastRun profile={profile} /> },
    {
      id: 'enabled',
      header: t('schedules:column.enabled'),
      width: 80,
      // It is for the clock: without one there is nothing to switch.
      cell: (profile) => profile.cron && (
        <Switch
          label={`${t('schedules:form.enabled')}: ${profile.name}`}
          checked={profile.enabled}
          disabledReason={reason}
          onChange={(enabled) => change.mutate({ profile, enabled }, { onError: (error) => showToast(errorText(error), { tone: 'down' }) })}
        />
      ),
    },
  ]
}

/** When it ran last, and what came of it: devices, or why not. */
function LastRun({ profile: { last_run_at: at, last_result: result, last_error: error, running_scan_id: scan } }: { profile: DiscoveryProfile }) {
  const { t } = useTranslation(['profiles', 'schedules', 'errors'])
  if (scan) return <TextLink to={paths.scan(scan)}>{t('run.going_on')}</TextLink>
  if (!at) return <span className="text-muted">{t('schedules:never')}</span>
  const failure = error && codeText(error.code, error.params as Params, error.text)
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-2">
      <Time at={at} />
      {failure ? (
        <span className="inline-flex min-w-0 items-center gap-1.5" title={failure}>
          <StateMark compact state="down" label={t('run.failed')} />
          <span className="truncate">{failure}</span>
        </span>
      ) : (
        result && <span className="truncate text-muted">{t('run.counts', { count: result.found, windows: result.windows })}</span>
      )}
    </span>
  )
}
