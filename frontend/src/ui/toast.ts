import { useSyncExternalStore } from 'react'

/** Short notices for what happened elsewhere, or what can be undone. Errors of an action appear where the action is. */
export type Toast = { id: number; text: string; tone?: 'plain' | 'up' | 'down'; action?: { label: string; onClick: () => void } }

const SHOWN_MS = 6_000
let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function set(next: readonly Toast[]): void {
  toasts = next
  listeners.forEach((listener) => listener())
}

export const dismissToast = (id: number): void => set(toasts.filter((toast) => toast.id !== id))

export function showToast(text: string, options: Omit<Toast, 'id' | 'text'> = {}): void {
  const toast = { id: ++lastId, text, ...options }
  set([...toasts.slice(-3), toast])
  setTimeout(() => dismissToast(toast.id), SHOWN_MS)
}

export const useToasts = (): readonly Toast[] =>
  useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => toasts,
  )
