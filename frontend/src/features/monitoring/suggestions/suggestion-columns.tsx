import { KeyRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Suggestion } from '@/api/types'
import { paths } from '@/lib/paths'
import { AddressChip } from '@/ui/AddressChip'
import { TextLink } from '@/ui/LinkButton'
import type { Column } from '@/ui/table/column'
import { useCollectorName } from '../words'
import { useSuggestionReason } from './words'

export function useSuggestionColumns(): Column<Suggestion>[] {
  const { t } = useTranslation('suggestions')
  const collectorName = useCollectorName()
  const reason = useSuggestionReason()
  return [
    { id: 'device', header: t('column.device'), width: 220, fixed: true, cell: (row) => <TextLink className="truncate font-medium" to={paths.device(row.device_id)}>{row.device_name}</TextLink> },
    { id: 'collector', header: t('column.collector'), width: 170, cell: (row) => collectorName(row.collector) },
    { id: 'address', header: t('column.address'), width: 170, cell: (row) => <AddressChip plain address={placeOf(row)} /> },
    { id: 'reason', header: t('column.why'), width: 280, cell: (row) => <span title={reason(row)}>{reason(row)}</span> },
    { id: 'login', header: t('column.login'), width: 170, cell: (row) => <Login suggestion={row} /> },
  ]
}

/** Address and port, as a URL would have them. */
export const placeOf = ({ address, port }: Suggestion): string => `${address.includes(':') ? `[${address}]` : address}:${port}`

function Login({ suggestion: { credential_needed, credential_profile_id } }: { suggestion: Suggestion }) {
  const { t } = useTranslation('suggestions')
  if (!credential_needed) return <span className="text-muted">{t('login.not_needed')}</span>
  if (credential_profile_id !== null) return <span>{t('login.known')}</span>
  return (
    <span className="inline-flex items-center gap-1.5 text-degraded">
      <KeyRound aria-hidden className="size-3.5" />
      {t('login.asked')}
    </span>
  )
}
