import { useTranslation } from 'react-i18next'
import type { LiveState } from '@/api/live'
import type { Scan } from '@/api/types'
import { cx } from '@/lib/cx'
import { ScanStatusMark } from '@/ui/ScanStatusMark'
import { Time } from '@/ui/Time'
import { Tooltip } from '@/ui/Tooltip'
import type { ScanLive } from './use-scan-live'

/** The status in words, since when and by whom; the light of this page's own connection while the scan runs. */
export function ScanStateLine({ scan, live, alive }: { scan: Scan; live: ScanLive; alive: boolean }) {
  const { t } = useTranslation('discovery')
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="text-text">
        <ScanStatusMark status={scan.status} />
      </span>
      <span className="inline-flex items-center gap-1">
        {alive ? t('scan.started') : t('scan.ended')} <Time at={alive ? (scan.started_at ?? scan.created_at) : (scan.finished_at ?? scan.created_at)} />
      </span>
      {scan.requested_by && <span>{t('scan.by', { name: scan.requested_by })}</span>}
      {alive && <Light state={live.state} />}
    </span>
  )
}

const WORDS: Record<LiveState, 'live' | 'connecting' | 'offline'> = { live: 'live', connecting: 'connecting', catching_up: 'connecting', offline: 'offline' }

function Light({ state }: { state: LiveState }) {
  const { t } = useTranslation('discovery')
  const word = WORDS[state]
  return (
    <Tooltip text={t(`light.${word}_hint`)}>
      <span role="status" tabIndex={0} className={cx('inline-flex items-center gap-1.5 rounded-sm', word === 'live' ? 'text-up' : word === 'offline' ? 'text-down' : 'text-degraded')}>
        <svg viewBox="0 0 12 12" aria-hidden className={cx('size-2.5', word === 'connecting' && 'animate-[breathe_1.8s_ease-in-out_infinite]')}>
          {word === 'live' && <circle cx="6" cy="6" r="4" fill="currentColor" />}
          {word === 'connecting' && <path d="M6 1 11 6 6 11 1 6Z" fill="currentColor" />}
          {word === 'offline' && <path d="M6 1.5 11.2 10.5H.8Z" fill="currentColor" />}
        </svg>
        {t(`light.${word}`)}
      </span>
    </Tooltip>
  )
}
