import { Link } from '@tanstack/react-router'
import { ArrowRight, Minus, Pencil, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Change } from '@/api/types'
import { cx } from '@/lib/cx'
import { paths } from '@/lib/paths'
import { Badge } from '@/ui/Badge'
import { Tooltip } from '@/ui/Tooltip'
import { partOf, toneOf, valuesOf, type Tone } from './change-words'

const SIGNS: Record<Tone, { icon: typeof Plus; color: string }> = {
  gain: { icon: Plus, color: 'text-up' },
  loss: { icon: Minus, color: 'text-down' },
  change: { icon: Pencil, color: 'text-muted' },
}

/** What happened: a sign, the words, and the part of the device. */
export function What({ change }: { change: Change }) {
  const { t } = useTranslation('history')
  const { icon: Icon, color } = SIGNS[toneOf(change.kind)]
  const part = partOf(change.key)
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <Icon aria-hidden className={cx('size-3.5 shrink-0', color)} />
      <span className="truncate">{t(`kind.${change.kind}`)}</span>
      {part && <span className="mono truncate text-muted">{part}</span>}
      {change.noise && (
        <Tooltip text={t('flapping')}>
          <Badge>~</Badge>
        </Tooltip>
      )}
    </span>
  )
}

/** Old and new; what was not there before or is not there now is said, not left out. */
export function OldAndNew({ change }: { change: Change }) {
  const { t } = useTranslation('history')
  const { old, new: now } = valuesOf(change)
  if (!old && !now) return <span className="text-muted">–</span>
  if (toneOf(change.kind) !== 'change') return <span className="truncate">{old || now}</span>
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5" title={`${old || t('nothing')} → ${now || t('nothing')}`}>
      <span className="min-w-0 truncate text-muted">{old || t('nothing')}</span>
      <ArrowRight aria-hidden className="size-3.5 shrink-0 text-muted" />
      <span className="min-w-0 truncate">{now || t('nothing')}</span>
    </span>
  )
}

/** The device, or the name that it had. */
export function ChangedDevice({ change }: { change: Change }) {
  if (change.device_id === null) return <span className="truncate text-muted line-through">{change.device_name}</span>
  return (
    <Link to={paths.device(change.device_id)} className="truncate rounded-sm text-accent-text hover:underline">
      {change.device_name}
    </Link>
  )
}

/** The scan that saw it. */
export function SeenBy({ change }: { change: Change }) {
  if (change.scan_id === null) return <span className="text-muted">–</span>
  return (
    <Link to={paths.scan(change.scan_id)} className="truncate rounded-sm text-accent-text hover:underline">
      {change.scan_name ?? `#${change.scan_id}`}
    </Link>
  )
}
