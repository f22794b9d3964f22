import type { KeyboardEvent, PointerEventHandler } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { MIN_WIDTH } from './use-data-table'

const STEP = 16
const STEPS: Record<string, number> = { ArrowLeft: -STEP, ArrowRight: STEP }

type Props = { name: string; width: number; least?: number | undefined; busy: boolean; onDrag: PointerEventHandler; onWidth: (width: number) => void; onReset: () => void }

/** The edge of a column: dragged, or moved by the arrow keys; a double click or Home gives the first width back. */
export function ResizeHandle({ name, width, least = MIN_WIDTH, busy, onDrag, onWidth, onReset }: Props) {
  const { t } = useTranslation()
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined && event.key !== 'Home') return
    event.preventDefault()
    if (step === undefined) onReset()
    else onWidth(Math.max(least, width + step))
  }
  return (
    <span
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('list.resize', { name })}
      aria-valuenow={Math.round(width)}
      aria-valuemin={least}
      title={t('list.resize', { name })}
      onPointerDown={onDrag}
      onDoubleClick={onReset}
      onKeyDown={onKeyDown}
      className={cx('absolute top-2 right-0 bottom-2 w-2 cursor-col-resize touch-none border-r-2 border-transparent! hover:border-line-strong! focus-visible:border-accent! focus-visible:outline-offset-0', busy && 'border-accent!')}
    />
  )
}
