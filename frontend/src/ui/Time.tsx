import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/use-format'
import { nextChange } from '@/lib/time'
import { useNow } from '@/lib/use-now'
import { Tooltip } from './Tooltip'

/** "4 min ago", with date, time and zone on hover. */
export function Time({ at }: { at: string | null | undefined }) {
  const { t } = useTranslation()
  return at ? <LiveTime at={at} /> : <span className="text-muted">{t('time.never')}</span>
}

function LiveTime({ at }: { at: string }) {
  const format = useFormat()
  useNow(nextChange(at))
  return (
    <Tooltip text={format.absolute(at)}>
      <time dateTime={at} className="whitespace-nowrap">
        {format.relative(at)}
      </time>
    </Tooltip>
  )
}
