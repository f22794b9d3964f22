import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scan } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { Notice } from '@/ui/Notice'
import { Progress } from '@/ui/Progress'
import { Duration } from './Duration'
import { ALIVE, useMessageText, useProfileName } from './scan-words'

/** How far, how much, how long; and the sentence that the scan has to say. */
export function ScanFacts({ scan }: { scan: Scan }) {
  const { t } = useTranslation('discovery')
  const format = useFormat()
  const messageText = useMessageText()
  const alive = ALIVE.has(scan.status)
  const tone = scan.status === 'failed' ? 'down' : scan.status === 'partial' || scan.status === 'interrupted' ? 'degraded' : 'info'
  return (
    <section aria-label={t('scan.facts')} className="flex flex-col gap-3">
      {scan.message && <Notice tone={tone}>{messageText(scan.message)}</Notice>}
      {!scan.capabilities.raw_sockets && <Notice>{t('scan.no_raw')}</Notice>}
      <div className="card px-4 pt-3.5 pb-3">
        {/* A bar that is full says what the status says already. */}
        {(alive || scan.progress < 1) && (
          <div className="mb-3 flex items-center gap-3">
            <Progress value={scan.progress} active={alive} label={t('column.progress')} />
            <span className="w-11 shrink-0 text-right font-medium">{format.percent(scan.progress)}</span>
          </div>
        )}
        <dl className="grid grid-cols-2 gap-x-6 gap-y-2.5 sm:grid-cols-3 lg:grid-cols-[repeat(5,auto)_1fr]">
          <Fact label={t('column.devices')}>{format.number(scan.hosts_up)}</Fact>
          <Fact label={t('column.ports')}>{format.number(scan.ports_open)}</Fact>
          <Fact label={t('scan.addresses')}>
            {format.number(scan.hosts_done)} <span className="font-normal text-muted">/ {format.number(scan.address_count)}</span>
          </Fact>
          <Fact label={t('column.duration')}>
            <Duration from={scan.started_at} to={alive ? null : scan.finished_at} />
          </Fact>
          <Profile scan={scan} />
          <TargetsFact scan={scan} />
        </dl>
      </div>
    </section>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="truncate font-medium">{children}</dd>
    </div>
  )
}

function Profile({ scan }: { scan: Scan }) {
  const { t } = useTranslation('discovery')
  const name = useProfileName()
  return <Fact label={t('column.profile')}>{name(scan.profile)}</Fact>
}

const FEW = 3

function TargetsFact({ scan }: { scan: Scan }) {
  const { t } = useTranslation('discovery')
  const [open, setOpen] = useState(false)
  const shown = open ? scan.targets : scan.targets.slice(0, FEW)
  return (
    <div className="col-span-2 min-w-0 sm:col-span-3 lg:col-span-1">
      <dt className="text-xs text-muted">{t('column.targets')}</dt>
      <dd className="mono max-h-24 overflow-y-auto break-words">
        {shown.join(', ')}
        {scan.targets.length > FEW && (
          <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className="ml-2 font-sans text-sm text-accent-text hover:underline">
            {open ? t('scan.fewer') : t('scan.more', { count: scan.targets.length - FEW })}
          </button>
        )}
        {scan.exclusions.length > 0 && <span className="block text-muted">{t('scan.without', { targets: scan.exclusions.join(', ') })}</span>}
      </dd>
    </div>
  )
}
