import { useState } from 'react'
import { useHotkeys } from '@/lib/use-hotkeys'
import { useWindowEvent } from '@/lib/use-window-event'

type Options = {
  count: number
  enabled: boolean
  onOpen: ((index: number) => void) | undefined
  onSelect: ((index: number) => void) | undefined
  onMove: (index: number) => void
}

/** Enter on a link or a button stays theirs. */
const onRowOrPage = (target: EventTarget | null): boolean =>
  target === document.body || (target instanceof HTMLElement && target.dataset['row'] !== undefined)

/** j and k move through the rows, Enter opens, x selects. Returns the row with the cursor (-1 before the first move) and its setter. */
export function useRowKeys({ count, enabled, onOpen, onSelect, onMove }: Options): [number, (index: number) => void] {
  const [cursor, setCursor] = useState(-1)
  const active = Math.min(cursor, count - 1)
  const on = enabled && count > 0
  const move = (to: number) => {
    const next = Math.min(count - 1, Math.max(0, to))
    setCursor(next)
    onMove(next)
  }
  useHotkeys({ j: () => move(active + 1), k: () => move(active - 1), x: () => active >= 0 && onSelect?.(active) }, on)
  useWindowEvent(
    'keydown',
    (event) => {
      if (event.key === 'Enter' && !event.defaultPrevented && active >= 0 && onRowOrPage(event.target)) onOpen?.(active)
    },
    on,
  )
  return [active, setCursor]
}
