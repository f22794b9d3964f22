import { Link } from '@tanstack/react-router'
import { Merge } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/use-format'
import { cx } from '@/lib/cx'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { useSourceName } from '@/ui/source-name'
import { Time } from '@/ui/Time'
import { DeviceName } from '../device-columns'
import { OpenPorts } from '../OpenPorts'
import type { InboxItem, Suggestion } from './queries'

type Props = { item: InboxItem; active: boolean; chosen: boolean; reason: string | false; onToggle: () => void; onMerge: (suggestion: Suggestion) => void }

/** One find: what it is, where it was found, and what it may really be. */
export function InboxRow({ item, active, chosen, reason, onToggle, onMerge }: Props) {
  const { t } = useTranslation('inbox')
  const sourceName = useSourceName()
  const { device } = item
  const source = String(item.why.params['source'] ?? '')
  return (
    <li data-find={device.id} data-active={active || undefined} className={cx('flex gap-3 border-b px-4 py-2.5 last:border-b-0', active && 'bg-glass shadow-[inset_2px_0_0_var(--color-accent)]', chosen && 'bg-glass')}>
      <Checkbox className="mt-1" aria-label={t('select', { name: device.name })} checked={chosen} onChange={onToggle} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex min-w-0 flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <DeviceName device={device} />
          <span className="text-xs text-muted"><Time at={item.first_seen} /></span>
        </div>
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-0.5 text-sm text-muted">
          <span>{t('found', { address: device.primary_address ?? device.mac ?? '–', source: source ? sourceName(source) : '–' })}</span>
          {device.mac && <span className="mono">{device.mac}</span>}
          {device.vendor && <span className="min-w-0 truncate">{device.vendor}</span>}
          {device.ports_open > 0 && <OpenPorts device={device} />}
        </div>
        {item.suggestions.map((suggestion) => (
          <SuggestionLine key={suggestion.device_id} suggestion={suggestion} reason={reason} onMerge={() => onMerge(suggestion)} />
        ))}
      </div>
    </li>
  )
}

function SuggestionLine({ suggestion, reason, onMerge }: { suggestion: Suggestion; reason: string | false; onMerge: () => void }) {
  const { t } = useTranslation('inbox')
  const format = useFormat()
  const why = suggestion.reason.code.replace('same_', '') as 'ssh'
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span className="min-w-0">
        <Link to={paths.device(suggestion.device_id)} className="font-medium hover:text-accent-text">{t('may_be', { name: suggestion.name })}</Link>
        <span className="text-muted">: {t(`same.${why}`)}, {t('confidence', { percent: format.percent(suggestion.confidence / 100) })}</span>
      </span>
      <Button size="sm" variant="ghost" icon={<Merge />} disabledReason={reason} onClick={onMerge}>{t('merge_into', { name: suggestion.name })}</Button>
    </div>
  )
}
