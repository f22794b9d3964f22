import { useCallback, useEffect, useReducer, useRef } from 'react'
import { authorizedFetch } from '@/api/client'
import { networkError, toApiError } from '@/api/problem'
import type { CheckPhase, CheckTried, MonitorBody } from '@/api/types'

/** A test as it goes: the phases that are over, the one it is at, and in the end what it came to. */
export type Tracing = { running: boolean; began: number; phases: CheckPhase[]; doing: string | null; result: CheckTried | null; error: unknown }
export type TraceLine = ({ type: 'phase' } & CheckPhase) | { type: 'doing'; name: string; elapsed_ms: number } | ({ type: 'result' } & CheckTried)
type Step = { type: 'start'; at: number } | { type: 'failed'; error: unknown } | { type: 'clear' } | TraceLine

export const QUIET: Tracing = { running: false, began: 0, phases: [], doing: null, result: null, error: null }

export function step(before: Tracing, next: Step): Tracing {
  switch (next.type) {
    case 'start':
      return { ...QUIET, running: true, began: next.at }
    case 'doing':
      return { ...before, doing: next.name }
    case 'phase':
      return { ...before, phases: [...before.phases, { name: next.name, ms: next.ms, detail: next.detail }], doing: null }
    case 'result':
      return { ...before, running: false, doing: null, phases: next.phases, result: next }
    case 'failed':
      return { ...before, running: false, doing: null, error: next.error }
    case 'clear':
      return QUIET
  }
}

/** Whole lines of a text that comes in pieces; what is left of the last one waits for more. */
export function linesOf(text: string): { lines: TraceLine[]; rest: string } {
  const parts = text.split('\n')
  const rest = parts.pop() ?? ''
  return { lines: parts.filter(Boolean).map((line) => JSON.parse(line) as TraceLine), rest }
}

async function follow(path: string, body: MonitorBody | undefined, signal: AbortSignal, onLine: (line: TraceLine) => void): Promise<void> {
  const headers = { Accept: 'application/x-ndjson', ...(body ? { 'Content-Type': 'application/json' } : {}) }
  const answer = await authorizedFetch(new Request(new URL(`/api/v1${path}`, location.origin), { method: 'POST', headers, signal, ...(body ? { body: JSON.stringify(body) } : {}) }))
  if (!answer.ok) throw toApiError(answer.status, await answer.json().catch(() => null))
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) throw networkError()
  let rest = ''
  let ended = false
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const found = linesOf(rest + piece.value)
    rest = found.rest
    for (const line of found.lines) {
      ended ||= line.type === 'result'
      onLine(line)
    }
  }
  if (!ended) throw networkError()
}

/** Runs tests one at a time; leaving the page ends the one that runs. */
export function useTrace() {
  const [tracing, dispatch] = useReducer(step, QUIET)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const run = useCallback((path: string, body?: MonitorBody) => {
    running.current?.abort()
    const mine = new AbortController()
    running.current = mine
    dispatch({ type: 'start', at: Date.now() })
    follow(path, body, mine.signal, (line) => mine.signal.aborted || dispatch(line)).catch((error: unknown) => {
      if (!mine.signal.aborted) dispatch({ type: 'failed', error })
    })
  }, [])
  const clear = useCallback(() => {
    running.current?.abort()
    dispatch({ type: 'clear' })
  }, [])
  return { tracing, run, clear }
}
