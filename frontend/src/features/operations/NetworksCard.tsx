import { useTranslation } from 'react-i18next'
import type { Overview } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { LinkButton, TextLink } from '@/ui/LinkButton'
import { Card } from '@/ui/Page'
import { Progress } from '@/ui/Progress'
import { Time } from '@/ui/Time'

type Networks = Overview['networks']
const SHOWN = 6
/** The size of a larger network (IPv6) tells a person nothing. */
const MOST_TOLD = 1_048_576

/** How much of each network is known, and when somebody last looked. */
export function NetworksCard({ networks, className }: { networks: Networks; className: string }) {
  const { t } = useTranslation('overview')
  const all = <TextLink to={paths.networks} className="text-sm">{t('show_all')}</TextLink>
  return (
    <Card title={t('networks.title')} summary={t('networks.scanned', { count: networks.scanned_24h, total: networks.total })} className={className} actions={networks.total > 0 && all}>
      {networks.coverage.length === 0 ? (
        <div className="flex flex-col items-start gap-3 py-2 text-sm text-muted">
          {t('networks.empty')}
          <LinkButton to={paths.networks} size="sm">{t('networks.add')}</LinkButton>
        </div>
      ) : (
        <ul className="flex flex-col gap-3.5 pt-1">
          {networks.coverage.slice(0, SHOWN).map((row) => (
            <NetworkRow key={row.network_id} row={row} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function NetworkRow({ row }: { row: Networks['coverage'][number] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const share = row.addresses > 0 ? row.devices / row.addresses : 0
  return (
    <li className="flex flex-col gap-1.5 text-sm">
      <div className="flex items-baseline gap-2">
        <TextLink to={paths.inventory} search={{ network: row.cidr }} className="min-w-0 truncate text-text!">
          {row.name || row.cidr}
        </TextLink>
        {row.name && <span className="mono min-w-0 flex-1 truncate text-muted">{row.cidr}</span>}
      </div>
      <Progress slim value={share} label={t('networks.share', { name: row.name || row.cidr })} />
      <div className="flex flex-wrap justify-between gap-x-3 text-xs text-muted">
        <span>
          {row.last_scan_at ? <>{t('networks.last_scan')} <Time at={row.last_scan_at} /></> : t('networks.never')}
        </span>
        <span>{row.addresses <= MOST_TOLD ? t('networks.known', { count: row.devices, formatted: format.number(row.devices), total: format.number(row.addresses) }) : t('networks.devices', { count: row.devices, formatted: format.number(row.devices) })}</span>
      </div>
    </li>
  )
}
