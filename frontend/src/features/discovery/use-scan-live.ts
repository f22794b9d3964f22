import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { openLive, type Frame, type LiveConnection, type LiveState } from '@/api/live'
import type { Chunk, Scan, ScanLine } from '@/api/types'
import { fetchLines, rememberScan, scanKeys } from './queries'
import { ScanLog, type LogSnapshot } from './scan-log'

const HOSTS_EVERY_MS = 1_500

/** What a progress frame carries of a scan. */
const PROGRESS = ['progress', 'hosts_up', 'hosts_done', 'ports_open', 'chunks', 'status', 'message', 'can'] as const

function patchScan(client: QueryClient, id: number, frame: Frame): void {
  const change = Object.fromEntries(PROGRESS.filter((name) => frame[name] !== undefined).map((name) => [name, frame[name]]))
  client.setQueryData<Scan>(scanKeys.one(id), (scan) => scan && { ...scan, ...change })
}

function patchChunk(client: QueryClient, id: number, chunk: Chunk): void {
  client.setQueryData<Chunk[]>(scanKeys.chunks(id), (chunks) => {
    if (!chunks) return chunks
    const known = chunks.some((other) => other.id === chunk.id)
    // A live frame carries no files: those that are known stay until the list is asked for again.
    return known ? chunks.map((other) => (other.id === chunk.id ? { ...chunk, artifacts: other.artifacts } : other)) : chunks
  })
}

/** At most one call every `every` milliseconds, the last one included. */
function throttle(every: number, call: () => void): { (): void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const run = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      call()
    }, every)
  }
  return Object.assign(run, { cancel: () => clearTimeout(timer) })
}

export type ScanLive = { log: LogSnapshot; state: LiveState; line: ScanLog['line']; look: ScanLog['look']; reload: () => void }

/** A scan as it happens: its log, and every other part of it kept fresh in the query cache. */
export function useScanLive(id: number, alive: boolean, targetSeq: number | undefined): ScanLive {
  const client = useQueryClient()
  const [log] = useState(() => new ScanLog((after, limit) => fetchLines(id, after, limit)))
  const [state, setState] = useState<LiveState>('connecting')
  const [firstSeq] = useState(targetSeq)
  const [started, setStarted] = useState(false)

  useEffect(() => {
    let current = true
    void log.start(firstSeq).then(() => current && setStarted(true))
    return () => {
      current = false
    }
  }, [log, firstSeq])

  useEffect(() => {
    if (!started || !alive) return
    const refreshHosts = throttle(HOSTS_EVERY_MS, () => void client.invalidateQueries({ queryKey: scanKeys.hosts(id) }))
    // A chunk that ends has closed its files.
    const refreshFiles = throttle(HOSTS_EVERY_MS, () => {
      void client.invalidateQueries({ queryKey: scanKeys.artifacts(id) })
      void client.invalidateQueries({ queryKey: scanKeys.chunks(id) })
    })
    const connection: LiveConnection = openLive(`/ws/scans/${id}`, {
      after: log.lastSeq,
      onState: setState,
      onFrame: (frame) => {
        switch (frame.type) {
          case 'hello':
            // At every connection: what came while there was none is asked for, whatever the frames after this say.
            void log.catchUp()
            void client.invalidateQueries({ queryKey: ['scan-parts', id] })
            return frame['scan'] ? rememberScan(client, frame['scan'] as Scan) : undefined
          case 'lines':
            return log.add(linesOf(frame))
          case 'gap':
            return void log.catchUp()
          case 'progress':
            return patchScan(client, id, frame)
          case 'chunk':
            patchChunk(client, id, frame['chunk'] as Chunk)
            return refreshFiles()
          case 'device':
            return refreshHosts()
          case 'finished':
            void log.catchUp()
            rememberScan(client, frame['scan'] as Scan)
            return void client.invalidateQueries({ queryKey: ['scan-parts', id] })
          case 'error':
            return void client.invalidateQueries({ queryKey: scanKeys.one(id) })
        }
      },
    })
    return () => {
      refreshHosts.cancel()
      refreshFiles.cancel()
      connection.close()
    }
  }, [started, alive, client, id, log])

  const snapshot = useSyncExternalStore(log.subscribe, log.snapshot)
  return { log: snapshot, state, line: log.line, look: log.look, reload: () => void log.start(firstSeq) }
}

/** A frame names its chunk once for all its lines. */
export function linesOf(frame: Frame): ScanLine[] {
  const chunk = typeof frame['chunk'] === 'number' ? frame['chunk'] : null
  const lines = Array.isArray(frame['lines']) ? (frame['lines'] as Partial<ScanLine>[]) : []
  const first = typeof frame['first_seq'] === 'number' ? frame['first_seq'] : 0
  return lines.map((line, index) => ({
    seq: line.seq ?? first + index,
    chunk: line.chunk ?? chunk ?? 0,
    text: line.text ?? '',
    at: line.at ?? new Date().toISOString(),
    kind: line.kind ?? 'out',
  }))
}
