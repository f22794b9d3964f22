import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/use-format'
import { cx } from '@/lib/cx'
import { paths } from '@/lib/paths'
import { Card } from '@/ui/Page'
import { Time } from '@/ui/Time'
import { identityOptions, type Identity } from './queries'

type Reason = Identity['reasons'][number]
type Item = Reason['evidence'][number]

/** Why what was seen is one device: every kind of decision with its evidence. */
export function IdentityCard({ id }: { id: number }) {
  const { t } = useTranslation('inbox')
  const format = useFormat()
  const { data } = useQuery(identityOptions(id))
  if (!data || data.reasons.length === 0) return null
  return (
    <Card title={t('why.title')} summary={t('why.sure', { percent: format.percent(data.confidence / 100) })} flush>
      <ol className="max-h-96 overflow-y-auto" aria-label={t('why.title')} tabIndex={0}>
        {data.reasons.map((reason, index) => (
          <ReasonRow key={index} reason={reason} />
        ))}
      </ol>
    </Card>
  )
}

function ReasonRow({ reason }: { reason: Reason }) {
  const { t } = useTranslation('inbox')
  const format = useFormat()
  return (
    <li className="flex flex-col gap-1.5 border-t px-4 py-2.5 first:border-t-0">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        {reason.address && <span className="mono">{reason.address}</span>}
        <span>{t(`why.code.${reason.code as 'new'}`)}</span>
        <span className="text-xs text-muted">
          {t('why.times', { count: reason.count, formatted: format.number(reason.count) })}, <Time at={reason.last_at} />
        </span>
      </div>
      <EvidenceChips evidence={reason.evidence} />
      {reason.rivals.map((rival) => (
        <div key={rival.device_id} className="flex flex-wrap items-center gap-2 text-sm text-muted">
          {rival.device_id ? <Link to={paths.device(rival.device_id)} className="hover:text-accent-text">{t('why.rival', { name: rival.name })}</Link> : t('why.rival', { name: rival.name })}
          <EvidenceChips evidence={rival.evidence} />
        </div>
      ))}
    </li>
  )
}

function EvidenceChips({ evidence }: { evidence: readonly Item[] }) {
  const { t } = useTranslation('inbox')
  if (evidence.length === 0) return null
  return (
    <ul className="flex flex-wrap gap-1.5">
      {evidence.map((item) => (
        <li key={item.kind} title={item.value} className={cx('rounded-sm border px-1.5 text-xs', item.weight > 0 ? 'border-line-strong text-text' : 'border-down text-down')}>
          {t(`why.kind.${item.kind as 'ssh'}`)} {item.weight > 0 ? '+' : '−'}
          {Math.abs(item.weight)}
        </li>
      ))}
    </ul>
  )
}
