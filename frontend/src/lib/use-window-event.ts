import { useEffect, useRef } from 'react'

/** Listens on the window while `enabled`; the listener may change without listening anew. */
export function useWindowEvent<K extends keyof WindowEventMap>(type: K, listener: (event: WindowEventMap[K]) => void, enabled = true): void {
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => {
    if (!enabled) return
    const onEvent = (event: WindowEventMap[K]) => latest.current(event)
    window.addEventListener(type, onEvent)
    return () => window.removeEventListener(type, onEvent)
  }, [type, enabled])
}
