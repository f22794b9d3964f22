import { useEffect, useState } from 'react'

const SHOWN_MS = 1500

/** Whether something was just copied, and the function that copies. Where the clipboard is barred, nothing happens. */
export function useCopy(): [boolean, (value: string) => void] {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = (value: string) => {
    navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => undefined,
    )
  }
  return [copied, copy]
}
