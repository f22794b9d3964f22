import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/use-format'
import { useLocale } from '@/i18n/use-locale'
import { usePhone } from '@/lib/use-media-query'
import { HeatStrip, type HeatCell } from '@/ui/HeatStrip'
import { Card } from '@/ui/Page'
import { momentText } from '../chart/axis-times'
import { useReasonText } from '../words'
import { beatsOf, outages, uptime, type Beat } from './beats'
import type { Range } from './range'
import type { spansOf } from './beats'

const BEATS = 64
const BEATS_PHONE = 26

type Props = { spans: ReturnType<typeof spansOf>; range: Range; onZoom: (from: number, to: number) => void }

/** How it was doing over the range: a bar each piece of time, and how much of it was up. */
export function Heartbeats({ spans, range, onZoom }: Props) {
  const { t } = useTranslation('monitoring')
  const locale = useLocale()
  const count = usePhone() ? BEATS_PHONE : BEATS
  const label = useBeatLabel()
  const beats = useMemo(() => beatsOf(spans, range.from, range.to, count), [spans, range.from, range.to, count])
  const share = uptime(spans, range.from, range.to)
  const fell = outages(spans, range.from, range.to)
  const cells = beats.map((beat, index): HeatCell => ({ id: index, state: beat.state ?? 'waiting', label: label(beat) }))
  const exact = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: share !== null && share > 0.99 && share < 1 ? 3 : 1 })
  return (
    <Card title={t('beats.title')} summary={share === null ? t('beats.unwatched') : [t('beats.uptime', { share: exact.format(share) }), t('beats.outages', { count: fell })].join(' · ')}>
      <HeatStrip
        cells={cells}
        label={t('beats.title')}
        idle={`${momentText(range.from / 1000, locale)} – ${momentText(range.to / 1000, locale)}`}
        onOpen={(id) => {
          const beat = beats[Number(id)]
          if (beat) onZoom(beat.from, beat.to)
        }}
      />
    </Card>
  )
}

function useBeatLabel(): (beat: Beat) => string {
  const { t } = useTranslation(['monitoring', 'common'])
  const locale = useLocale()
  const format = useFormat()
  const reasonText = useReasonText()
  return (beat) => {
    const time = `${momentText(beat.from / 1000, locale)} – ${momentText(beat.to / 1000, locale)}`
    if (beat.state === null) return `${time}: ${t('monitoring:beats.unwatched')}`
    const state = t(`common:state.${beat.state}`)
    const lasted = beat.downMs > 0 ? ` (${format.duration(beat.downMs / 1000)})` : ''
    return `${time}: ${state}${lasted}${beat.reason ? `. ${reasonText(beat.reason)}` : ''}`
  }
}
