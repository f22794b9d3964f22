import { useEffect, useState, type RefObject } from 'react'

const LEAST = 0.7

/** How much to shrink columns of `wanted` pixels in all to fit their scroller; below 0.7 the table scrolls sideways instead. */
export function useFit(scroller: RefObject<HTMLElement | null>, wanted: number): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = scroller.current
    if (!element || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
  return width > 0 && wanted > width ? Math.max(LEAST, width / wanted) : 1
}
