import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import type { ProvisioningRule } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { Switch } from '@/ui/Switch'
import type { Column } from '@/ui/table/column'
import { showToast } from '@/ui/toast'
import { credentialsOptions } from '../queries'
import { useCollectorName } from '../words'
import { networkChoicesOptions, saveRule } from './queries'

/** The same rule, but switched on or off. */
function useSwitchRule() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, name, network_id, collectors, credential_profile_ids, interval, enabled }: ProvisioningRule) =>
      saveRule(id, { name, network_id, collectors, credential_profile_ids, interval, enabled }),
    onError: (error) => showToast(errorText(error), { tone: 'down' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['provisioning-rules'] }),
  })
}

export function useRuleColumns(reason: string | null): Column<ProvisioningRule>[] {
  const { t } = useTranslation('suggestions')
  const format = useFormat()
  const collectorName = useCollectorName()
  const networks = useQuery(networkChoicesOptions).data?.items ?? []
  const profiles = useQuery({ ...credentialsOptions, enabled: useCan('operator') }).data?.items ?? []
  const change = useSwitchRule()
  const networkOf = (id: number) => networks.find((network) => network.id === id)
  const said = (text: string, muted: boolean) => <span className={muted ? 'text-muted' : ''} title={text}>{text}</span>
  return [
    { id: 'name', header: t('rule.name'), width: 210, fixed: true, cell: ({ name }) => <span className="font-medium" title={name}>{name}</span> },
    { id: 'network', header: t('column.network'), width: 190, cell: ({ network_id }) => said(networkOf(network_id)?.name || networkOf(network_id)?.cidr || `#${network_id}`, false) },
    { id: 'collectors', header: t('collectors.label'), width: 260, cell: ({ collectors }) => said(collectors.map(collectorName).join(', ') || t('collectors.every'), collectors.length === 0) },
    {
      id: 'logins',
      header: t('column.login'),
      width: 190,
      cell: ({ credential_profile_ids: ids }) => said(ids.map((id) => profiles.find((profile) => profile.id === id)?.name ?? `#${id}`).join(', ') || t('rule.no_login'), ids.length === 0),
    },
    { id: 'interval', header: t('rule.interval'), width: 110, cell: ({ interval }) => said(interval ? format.duration(interval) : t('interval_usual'), !interval) },
    {
      id: 'enabled',
      header: t('rule.on'),
      width: 80,
      cell: (rule) => <Switch label={`${t('rule.on')}: ${rule.name}`} checked={rule.enabled} disabledReason={reason} onChange={(enabled) => change.mutate({ ...rule, enabled })} />,
    },
  ]
}
