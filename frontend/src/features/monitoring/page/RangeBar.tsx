import { ChevronLeft, ChevronRight, Download, ZoomOut } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fetchFile } from '@/api/client'
import { errorText } from '@/api/errors'
import { useFormat } from '@/i18n/use-format'
import { useLocale } from '@/i18n/use-locale'
import { cx } from '@/lib/cx'
import { saveFile } from '@/lib/save-file'
import type { SearchState } from '@/lib/use-search-state'
import { IconButton } from '@/ui/IconButton'
import { showToast } from '@/ui/toast'
import { PRESETS, shifted, toPreset, wider, type Preset, type Range } from './range'

const UNITS = { h: 'hour', d: 'day', y: 'year' } as const

/** "6 h", "7 d", in the person's language. */
function lengthText(preset: Preset, locale: string): string {
  const unit = UNITS[preset.slice(-1) as keyof typeof UNITS]
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }).format(Number(preset.slice(0, -1)))
}

type Props = { range: Range; setSearch: (change: SearchState) => void; monitor?: { id: number; name: string } }

/** The time that is shown: usual lengths, earlier and later, wider; the same values as a file. */
export function RangeBar({ range, setSearch, monitor }: Props) {
  const { t } = useTranslation('monitoring')
  const format = useFormat()
  const locale = useLocale()
  const go = (change: (now: number) => SearchState) => setSearch(change(Date.now()))
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div role="group" aria-label={t('range.label')} className="flex rounded-md border border-line-strong bg-surface p-0.5">
        {PRESETS.map((preset) => (
          <button
            key={preset}
            type="button"
            aria-pressed={range.preset === preset}
            onClick={() => setSearch(toPreset(preset))}
            className={cx('h-7 rounded-sm px-2.5 text-sm max-sm:h-9 max-sm:px-2', range.preset === preset ? 'bg-glass font-medium text-accent-text' : 'text-muted hover:text-text')}
          >
            {lengthText(preset, locale)}
          </button>
        ))}
      </div>
      <div className="flex items-center">
        <IconButton size="sm" label={t('range.earlier')} onClick={() => go((now) => shifted(range, -1, now))}>
          <ChevronLeft />
        </IconButton>
        <IconButton size="sm" label={t('range.later')} disabled={range.preset !== null} onClick={() => go((now) => shifted(range, 1, now))}>
          <ChevronRight />
        </IconButton>
        <IconButton size="sm" label={t('range.wider')} onClick={() => go((now) => wider(range, now))}>
          <ZoomOut />
        </IconButton>
        {monitor && <CsvButton monitor={monitor} range={range} />}
      </div>
      {range.preset === null && (
        <span className="text-sm text-muted">
          {format.moment(new Date(range.from).toISOString())} – {format.moment(new Date(range.to).toISOString())}
        </span>
      )}
    </div>
  )
}

function CsvButton({ monitor, range }: { monitor: { id: number; name: string }; range: Range }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const run = () => {
    setBusy(true)
    const query = new URLSearchParams({ from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() })
    fetchFile(`/api/v1/monitors/${monitor.id}/metrics/export.csv?${query}`)
      .then((blob) => saveFile(`${monitor.name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.csv`, blob))
      .catch((error: unknown) => showToast(errorText(error), { tone: 'down' }))
      .finally(() => setBusy(false))
  }
  return (
    <IconButton size="sm" label={t('action.export_csv')} disabled={busy} onClick={run}>
      <Download />
    </IconButton>
  )
}
