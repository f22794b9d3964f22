import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { openLive, setLiveLight } from '@/api/live'

/** Which lists a topic's update makes stale. A key's first word names the resource. */
const STALE: Record<string, readonly string[]> = {
  scans: ['scans', 'overview', 'projects'],
  devices: ['devices', 'overview', 'networks', 'tags', 'changes'],
}
const GATHER_MS = 1_000

/** Keeps lists fresh from `/ws` and shows the connection's state. Updates are gathered, so that a fast scan does not refetch at every host. */
export function useLiveUpdates(): void {
  const queries = useQueryClient()
  useEffect(() => {
    const topics = new Set<string>()
    let connected = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      timer = undefined
      for (const topic of topics) {
        for (const resource of STALE[topic] ?? []) void queries.invalidateQueries({ queryKey: [resource] })
      }
      topics.clear()
    }
    const connection = openLive('/ws', {
      greeting: [{ type: 'subscribe', topics: Object.keys(STALE) }],
      onState: setLiveLight,
      onFrame: (frame) => {
        if (frame.type === 'update' && typeof frame['topic'] === 'string') topics.add(frame['topic'])
        // Every connection but the first comes after a time of which nothing was heard.
        if (frame.type === 'hello' && connected) Object.keys(STALE).forEach((topic) => topics.add(topic))
        if (frame.type === 'hello') connected = true
        if (frame.type === 'gap') Object.keys(STALE).forEach((topic) => topics.add(topic))
        if (topics.size > 0) timer ??= setTimeout(flush, GATHER_MS)
      },
    })
    return () => {
      clearTimeout(timer)
      connection.close()
    }
  }, [queries])
}
