import { Link } from '@tanstack/react-router'
import { ChevronRight, FileSearch } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import type { Device, Observation } from '@/api/types'
import { paths } from '@/lib/paths'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { CopyButton } from '@/ui/CopyButton'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonLines } from '@/ui/Skeleton'
import { useSourceName } from '@/ui/source-name'
import { Time } from '@/ui/Time'
import { FactTree } from './FactTree'
import { IdentityCard } from './inbox/IdentityCard'
import { observationsOptions } from './queries'

/** Every observation of this device, newest first: who said what, when. */
export function EvidenceTab({ device }: { device: Device }) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  const list = useList(observationsOptions(device.id))
  if (list.loading) return <div className="card p-4"><SkeletonLines lines={6} /></div>
  if (list.error && list.rows.length === 0) return <div className="card"><ErrorState text={errorText(list.error)} onRetry={list.retry} /></div>
  if (list.rows.length === 0) {
    return (
      <div className="card">
        <EmptyState compact icon={<FileSearch />} title={t('evidence.none_title')}>
          {t('evidence.none_text')}
        </EmptyState>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-4">
    <IdentityCard id={device.id} />
    <div className="card">
      <ol aria-label={t('tab.evidence')}>
        {list.rows.map((observation, index) => (
          <ObservationRow key={observation.id} observation={observation} open={index === 0} />
        ))}
      </ol>
      {list.hasMore && (
        <div className="flex justify-center border-t p-2">
          <Button size="sm" variant="ghost" busy={list.loadingMore} onClick={list.onMore}>
            {c('action.load_more')}
          </Button>
        </div>
      )}
    </div>
    </div>
  )
}

function ObservationRow({ observation, open }: { observation: Observation; open: boolean }) {
  const { t } = useTranslation('inventory')
  const sourceName = useSourceName()
  return (
    <li className="relative border-b border-line/60 last:border-b-0">
      <details open={open} className="group/seen">
        <summary className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-2 pr-32 pl-3 marker:content-none hover:bg-glass">
          <ChevronRight aria-hidden className="size-4 shrink-0 text-muted transition-transform duration-100 group-open/seen:rotate-90" />
          <Badge>{sourceName(observation.source)}</Badge>
          <Time at={observation.observed_at} />
          {observation.address && <span className="mono text-sm text-muted">{observation.address}</span>}
        </summary>
        <div className="overflow-x-auto pr-4 pb-3.5 pl-4 sm:pl-10">
          <FactTree value={observation.facts} />
        </div>
      </details>
      {/* Beside the summary and not in it: what opens the row must hold nothing else to press. */}
      <span className="absolute top-2 right-2.5 flex items-center gap-2">
        {observation.scan_id !== null && (
          <Link to={paths.scan(observation.scan_id)} className="rounded-sm text-sm text-accent-text hover:underline">
            {t('evidence.scan', { number: observation.scan_id })}
          </Link>
        )}
        <CopyButton label={t('evidence.copy')} value={JSON.stringify(observation, null, 2)} />
      </span>
    </li>
  )
}
