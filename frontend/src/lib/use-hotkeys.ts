import { useEffect, useRef } from 'react'

/** Keys to actions: "j", "/", "?", "mod+k", or a sequence of two keys such as "g i". */
export type Hotkeys = Record<string, (event: KeyboardEvent) => void>

const SEQUENCE_MS = 1200

// A ticked box keeps the focus, and nobody writes into it.
const KEYLESS = /^(checkbox|radio|button|submit|range|color|file)$/

const typing = (target: EventTarget | null): boolean => {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement && KEYLESS.test(target.type)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

function keyName(event: KeyboardEvent): string | null {
  if (event.isComposing) return null
  if (event.metaKey || event.ctrlKey) return event.altKey ? null : `mod+${event.key.toLowerCase()}`
  return event.altKey ? null : event.key.length === 1 ? event.key : event.key.toLowerCase()
}

/** Listens on the whole page. Plain keys are ignored while a person types; browser keys are never taken away. */
export function useHotkeys(keys: Hotkeys, enabled = true): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    if (!enabled) return
    let pending = ''
    let since = 0
    const onKey = (event: KeyboardEvent) => {
      const name = keyName(event)
      if (!name || event.defaultPrevented) return
      if (!name.startsWith('mod+') && typing(event.target)) return
      const sequence = pending && event.timeStamp - since < SEQUENCE_MS ? `${pending} ${name}` : ''
      const action = latest.current[sequence] ?? latest.current[name]
      pending = action ? '' : name
      since = event.timeStamp
      if (action) {
        event.preventDefault()
        action(event)
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [enabled])
}
