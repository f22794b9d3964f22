import { useQuery } from '@tanstack/react-query'
import { Check, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { allowedNetworksOptions } from './queries'

const SHOWN = 12

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean)

/** The targets with this network taken in, or out again. */
export function toggledTarget(text: string, cidr: string): string {
  const lines = linesOf(text)
  return (lines.includes(cidr) ? lines.filter((line) => line !== cidr) : [...lines, cidr]).join('\n')
}

/** The networks that may be scanned, one press each: nobody types a range that is known already. */
export function AllowedNetworks({ targets, onChange }: { targets: string; onChange: (targets: string) => void }) {
  const { t } = useTranslation('discovery')
  const { data } = useQuery(allowedNetworksOptions)
  const networks = (data?.items ?? []).filter((network) => network.scan_allowed).slice(0, SHOWN)
  if (networks.length === 0) return null
  const chosen = new Set(linesOf(targets))
  return (
    <div role="group" aria-label={t('new.allowed')} className="flex flex-wrap items-center gap-1.5">
      <span className="mr-1 text-sm text-muted">{t('new.allowed')}</span>
      {networks.map(({ id, name, cidr }) => {
        const on = chosen.has(cidr)
        const Icon = on ? Check : Plus
        return (
          <button
            key={id}
            type="button"
            aria-pressed={on}
            onClick={() => onChange(toggledTarget(targets, cidr))}
            className={cx('inline-flex h-7 max-w-full items-center gap-1.5 rounded-md border px-2 text-sm hover:border-muted max-sm:h-10', on ? 'border-accent bg-glass' : 'border-line-strong')}
          >
            <Icon aria-hidden className={cx('size-3.5 shrink-0', on ? 'text-accent-text' : 'text-muted')} />
            {name && name !== cidr && <span className="truncate">{name}</span>}
            <span className="mono text-muted">{cidr}</span>
          </button>
        )
      })}
    </div>
  )
}
