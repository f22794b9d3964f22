import { useNavigate } from '@tanstack/react-router'
import { Radar } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import type { CoverageRange, NetworkCoverage } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { TextLink } from '@/ui/LinkButton'
import { Notice } from '@/ui/Notice'
import { StateMark } from '@/ui/StateMark'
import { Time } from '@/ui/Time'
import { LARGEST_SCAN, neverAsked, rangeText, useScanTargets } from './queries'
import { RangeStrip, useRangeText } from './RangeStrip'

/** One network: how much of it was asked, its strip, and the button that asks the rest. */
export function NetworkCard({ network }: { network: NetworkCoverage }) {
  const { t } = useTranslation('coverage')
  const { t: c } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const canScan = useCan('operator')
  const start = useScanTargets()
  const [chosen, setChosen] = useState(-1)
  const title = network.name || network.network
  const six = network.network.includes(':')
  const never = neverAsked(network)
  const reason = !canScan ? c('role_reason.operator') : !network.scan_allowed ? t('reason.not_allowed') : false
  const scan = (targets: string[], count: number, name: string) =>
    start.mutate({ targets, count, name }, { onSuccess: (made) => void navigate({ to: paths.scan(made.id) }) })
  const scanPart = (range: CoverageRange) => {
    if (!reason && scannable(range)) scan([rangeText(range.first, range.last)], range.addresses, t('scan_part_name', { network: title }))
  }
  const range = network.ranges[chosen]
  return (
    <li className="card flex min-w-0 flex-col gap-3 p-4">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1 text-base font-semibold">
            <TextLink to={paths.inventory} search={{ network: network.network }} className="min-w-0 truncate text-text!">
              {title}
            </TextLink>
            {network.name && <span className="mono font-normal text-muted">{network.network}</span>}
            {!network.scan_allowed && <Badge>{t('not_allowed')}</Badge>}
          </h2>
          <p className="mt-0.5 text-sm text-muted">
            {t('devices', { count: network.devices, formatted: format.number(network.devices) })} ·{' '}
            {network.last_scan_at ? (
              <>
                {t('last_scan')} <Time at={network.last_scan_at} />
              </>
            ) : (
              t('never_scanned')
            )}
          </p>
        </div>
        {never.count > 0 ? (
          <Button size="sm" icon={<Radar />} busy={start.isPending} disabledReason={reason} onClick={() => scan(never.targets, never.count, t('scan_name', { network: title }))}>
            {six ? t('scan_seen') : t('scan_never', { count: never.count, formatted: format.number(never.count) })}
          </Button>
        ) : (
          !six && <span className="text-sm"><StateMark state="up" label={t('all_asked')} /></span>
        )}
      </div>
      {start.error && <Notice tone="down">{errorText(start.error)}</Notice>}
      {never.cut && (
        <p className="text-xs text-muted">
          {t('cut', { formatted: format.number(LARGEST_SCAN) })}{' '}
          <TextLink to={paths.newScan} search={{ targets: network.network, profile: 'sample' }}>
            {t('take_sample')}
          </TextLink>
        </p>
      )}
      {network.sampled && (
        <p className="text-sm text-muted">
          <TextLink to={paths.scan(network.sampled.scan_id)} search={{ tab: 'sample' }}>
            {t('sampled', { used: format.number(network.sampled.in_use), networks: format.number(network.sampled.networks) })}
          </TextLink>{' '}
          · <Time at={network.sampled.at} />
        </p>
      )}
      {six ? <p className="text-sm text-pretty text-muted">{t('ipv6_rest')}</p> : <RangeStrip label={t('strip', { network: network.network })} ranges={network.ranges} chosen={chosen} onChoose={setChosen} onScan={scanPart} />}
      <div className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        {range ? <Chosen range={range} reason={reason} busy={start.isPending} onScan={() => scanPart(range)} /> : <Numbers network={network} />}
      </div>
    </li>
  )
}

const scannable = (range: CoverageRange): boolean => range.addresses <= LARGEST_SCAN

function Chosen({ range, reason, busy, onScan }: { range: CoverageRange; reason: string | false; busy: boolean; onScan: () => void }) {
  const { t } = useTranslation('coverage')
  const describe = useRangeText()
  return (
    <>
      <span aria-live="polite" className="min-w-0 break-words text-muted">
        {describe(range)}
      </span>
      {scannable(range) && (
        <Button size="sm" variant="ghost" busy={busy} disabledReason={reason} onClick={onScan}>
          {t(range.state === 'scanned' ? 'scan_again' : 'scan_part')}
        </Button>
      )}
    </>
  )
}

function Numbers({ network }: { network: NetworkCoverage }) {
  const { t } = useTranslation('coverage')
  const format = useFormat()
  const share = (count: number) => `${format.number(count)} (${format.percent(network.addresses > 0 ? count / network.addresses : 0)})`
  const six = network.network.includes(':')
  const numbers = [
    [t('state.day'), six ? format.number(network.asked_24h) : share(network.asked_24h)],
    [t('state.scanned'), six ? format.number(network.asked_ever) : share(network.asked_ever)],
    ...(six ? [] : [[t('state.never'), share(network.never_asked)]]),
    [t('state.indirect'), format.number(network.indirect)],
  ] as const
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1">
      {numbers.map(([name, value]) => (
        <div key={name} className="flex gap-1.5">
          <dt className="text-muted">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
