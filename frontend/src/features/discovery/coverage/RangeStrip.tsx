import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CoverageRange } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { cx } from '@/lib/cx'
import { useNow } from '@/lib/use-now'
import { rangeText } from './queries'

const DAY_MS = 86_400_000
type Look = 'day' | 'earlier' | 'never' | 'indirect'

/** Colour and pattern both tell the state. */
const FILLS: Record<Look, string> = {
  day: 'bg-up/80',
  earlier: 'bg-up/35',
  never: 'hatch border border-line-strong bg-sunken',
  indirect: 'bg-degraded',
}

function lookOf(range: CoverageRange, now: number): Look {
  if (range.state !== 'scanned') return range.state
  return range.last_at && now - Date.parse(range.last_at) < DAY_MS ? 'day' : 'earlier'
}

type Props = { label: string; ranges: readonly CoverageRange[]; chosen: number; onChoose: (index: number) => void; onScan: (range: CoverageRange) => void }

/** The addresses of a network from first to last. One Tab stop; arrow keys move; Enter scans the part that is chosen. */
export function RangeStrip({ label, ranges, chosen, onChoose, onScan }: Props) {
  const now = useNow(60_000)
  const describe = useRangeText()
  const [focused, setFocused] = useState(false)
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowRight: chosen + 1, ArrowLeft: chosen - 1, Home: 0, End: ranges.length - 1 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      onChoose(Math.min(ranges.length - 1, Math.max(0, to)))
    } else if (event.key === 'Enter') {
      const range = ranges[chosen]
      if (range) onScan(range)
    }
  }
  return (
    <div
      role="listbox"
      aria-label={label}
      aria-orientation="horizontal"
      aria-activedescendant={chosen >= 0 ? `${label}-${chosen}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={() => {
        setFocused(true)
        if (chosen < 0) onChoose(0)
      }}
      onBlur={() => setFocused(false)}
      className="flex h-6 min-w-0 gap-px rounded-sm"
    >
      {ranges.map((range, index) => {
        const look = lookOf(range, now)
        return (
          <div
            key={range.first}
            id={`${label}-${index}`}
            role="option"
            aria-selected={index === chosen}
            aria-label={describe(range)}
            title={describe(range)}
            onClick={() => onChoose(index)}
            style={{ flexGrow: range.addresses, flexBasis: 0 }}
            className={cx(
              'relative min-w-1 cursor-pointer transition-opacity duration-100 first:rounded-l-sm last:rounded-r-sm hover:opacity-80',
              FILLS[look],
              index === chosen && (focused ? 'z-10 ring-2 ring-text' : 'z-10 ring-1 ring-text'),
            )}
          />
        )
      })}
    </div>
  )
}

/** "10.0.0.1-10.0.0.9 · 9 addresses · Scanned 4 h ago" */
export function useRangeText(): (range: CoverageRange) => string {
  const { t } = useTranslation('coverage')
  const format = useFormat()
  return (range) => {
    const state = t(`state.${range.state}`) + (range.last_at ? ` ${format.relative(range.last_at)}` : '')
    return [rangeText(range.first, range.last), t('addresses', { count: range.addresses, formatted: format.number(range.addresses) }), state].join(' · ')
  }
}

/** What the colours and patterns mean. */
export function StripLegend() {
  const { t } = useTranslation('coverage')
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
      {(['day', 'earlier', 'indirect', 'never'] as const).map((look) => (
        <li key={look} className="inline-flex items-center gap-1.5">
          <span aria-hidden className={cx('h-3 w-4 rounded-xs', FILLS[look])} />
          {t(`state.${look}`)}
        </li>
      ))}
    </ul>
  )
}
