import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { openLive, type Frame } from '@/api/live'
import type { Monitor, Reason } from '@/api/types'
import { reportStorage } from './storage-away'

/** What the topic `monitors` says of one monitor: newer than any list, and at first not stored yet (`provisional`). */
export type Live = {
  at: string
  up: boolean | null
  state: Monitor['state']
  since: string
  latency_ms: number | null
  failures: number
  reason: Reason | null
  last_error: string | null
  last_failure: Reason | null
  values: Record<string, number | null>
  provisional: boolean
}

/** Frames are gathered, so that ten thousand monitors do not draw the page a thousand times a second. */
const GATHER_MS = 250
/** Not sooner than this is a list read again because something in it was made, changed or deleted. */
const RELOAD_MS = 1_000

let known: ReadonlyMap<number, Live> = new Map()
let waiting = new Map<number, Live>()
const watchers = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined

function flush(): void {
  timer = undefined
  known = new Map([...known, ...waiting])
  waiting = new Map()
  watchers.forEach((watcher) => watcher())
}

/** The newer of two sayings; what was stored replaces the same thing said provisionally. */
export const newer = (before: Live | undefined, next: Live): Live => (before && Date.parse(before.at) > Date.parse(next.at) ? before : next)

export function tell(id: number, live: Live): void {
  waiting.set(id, newer(waiting.get(id) ?? known.get(id), live))
  timer ??= setTimeout(flush, GATHER_MS)
}

/** Forgets what was heard: after a break a list read anew is newer. */
export function forgetLive(): void {
  waiting = new Map()
  known = new Map()
  watchers.forEach((watcher) => watcher())
}

export const liveOf = (frame: Frame): Live | null => {
  const fields = frame['fields'] as Partial<Live> | undefined
  if (frame['entity'] !== 'monitor' || !fields?.at || !fields.state) return null
  return { up: null, since: fields.at, latency_ms: null, failures: 0, reason: null, last_error: null, last_failure: null, values: {}, ...fields, provisional: frame['provisional'] === true } as Live
}

/** A monitor with what was heard of it since it was read. A pause that somebody asked for holds against an older poll. */
export function withLive(monitor: Monitor, live: Live | undefined): Monitor {
  if (!live || !monitor.enabled || (monitor.checked_at && Date.parse(live.at) < Date.parse(monitor.checked_at))) return monitor
  const failed = live.up === false
  return {
    ...monitor,
    state: live.state,
    since: live.since,
    latency_ms: live.latency_ms,
    failures: live.failures,
    reason: live.reason,
    checked_at: live.up === null ? monitor.checked_at : live.at,
    last_polled: live.up ? live.at : monitor.last_polled,
    last_error: failed ? live.last_error : monitor.last_error,
    last_failure: failed ? live.last_failure : monitor.last_failure,
    last_error_at: failed ? live.at : monitor.last_error_at,
  }
}

const useKnown = (): ReadonlyMap<number, Live> =>
  useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    () => known,
  )

export const useLive = (id: number): Live | undefined => useKnown().get(id)

/** Rows with what was heard of them, each in its place. */
export function useLiveRows(rows: readonly Monitor[]): Monitor[] {
  const heard = useKnown()
  return useMemo(() => rows.map((row) => withLive(row, heard.get(row.id))), [rows, heard])
}

let listeners = 0
let connection: ReturnType<typeof openLive> | null = null

/** Listens to the topic `monitors` while a page that shows some is open; after a break everything is read anew. */
export function useMonitorFeed(): void {
  const client = useQueryClient()
  useEffect(() => {
    let reload: ReturnType<typeof setTimeout> | undefined
    const readAnew = () => {
      reload ??= setTimeout(() => {
        reload = undefined
        void client.invalidateQueries({ queryKey: ['monitors'] })
      }, RELOAD_MS)
    }
    listeners += 1
    let connected = false
    connection ??= openLive('/ws', {
      greeting: [{ type: 'subscribe', topics: ['monitors'] }],
      onFrame: (frame) => {
        const again = (frame.type === 'hello' && connected) || frame.type === 'gap'
        if (frame.type === 'hello') connected = true
        if (again) {
          forgetLive()
          void client.invalidateQueries({ queryKey: ['monitors'] })
          void client.invalidateQueries({ queryKey: ['metrics'] })
        }
        if (frame.type !== 'update' || frame['topic'] !== 'monitors') return
        if (frame['entity'] === 'storage') return reportStorage(frame['fields'])
        const live = liveOf(frame)
        if (live) tell(Number(frame['id']), live)
        else readAnew()
      },
    })
    return () => {
      listeners -= 1
      clearTimeout(reload)
      if (listeners > 0) return
      connection?.close()
      connection = null
      forgetLive()
    }
  }, [client])
}
