import { useSyncExternalStore } from 'react'
import { api, unwrap } from './client'
import { ApiError } from './problem'

/**
 * Live frames over a WebSocket: authenticates with a single-use ticket, resumes after the last sequence number it saw and
 * reconnects with a jittered, growing pause. Opening never throws; the state says what is going on.
 */
export type LiveState = 'connecting' | 'live' | 'catching_up' | 'offline'
export type Frame = { type: string; seq?: number; [key: string]: unknown }
export type LiveHandlers = {
  onFrame: (frame: Frame) => void
  onState?: (state: LiveState) => void
  /** What to say right after `auth`, at every connection. */
  greeting?: readonly Record<string, unknown>[]
  after?: number
}
export type LiveConnection = { close: () => void }

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000
/** A page that was not run for so long has slept: its socket looks open and is dead. */
const SLEPT_MS = 20_000
const PULSE_MS = 5_000
const CLOSED_FOR_GOOD = new Set([4403, 4404])

/** A growing pause with jitter, so that a restarted server is not met by every browser at once. */
export const pauseBefore = (attempt: number, random: number = Math.random()): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt) * (0.5 + random / 2)

const socketUrl = (path: string): string => new URL(path, location.href.replace(/^http/, 'ws')).href

const fetchTicket = async (): Promise<string> => (await unwrap(api.POST('/api/v1/auth/ws-ticket', {}))).ticket

class Connection implements LiveConnection {
  private socket: WebSocket | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private attempt = 0
  private closed = false
  private after: number | undefined
  private lastPulse = Date.now()
  private readonly pulse: ReturnType<typeof setInterval>

  constructor(
    private readonly path: string,
    private readonly handlers: LiveHandlers,
    private readonly ticket: () => Promise<string>,
  ) {
    this.after = handlers.after
    window.addEventListener('online', this.wake)
    this.pulse = setInterval(() => this.noticeSleep(), PULSE_MS)
    void this.open()
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    clearInterval(this.pulse)
    window.removeEventListener('online', this.wake)
    this.socket?.close(1000)
  }

  private readonly wake = (): void => {
    if (this.socket || this.closed) return
    clearTimeout(this.timer)
    void this.open()
  }

  /** After a sleep the old socket is let go of, rather than waited for. */
  private noticeSleep(now: number = Date.now()): void {
    const slept = now - this.lastPulse > SLEPT_MS
    this.lastPulse = now
    if (slept) this.socket?.close(4000)
  }

  private async open(): Promise<void> {
    this.say(this.attempt === 0 ? 'connecting' : 'offline')
    try {
      const ticket = await this.ticket()
      if (!this.closed) this.connect(ticket)
    } catch (error) {
      // Logged out or not allowed: asking again changes nothing.
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) this.say('offline')
      else this.later()
    }
  }

  private connect(ticket: string): void {
    const socket = new WebSocket(socketUrl(this.path))
    this.socket = socket
    socket.onopen = () => {
      this.say('catching_up')
      socket.send(JSON.stringify({ type: 'auth', ticket, ...(this.after === undefined ? {} : { after: this.after }) }))
      for (const message of this.handlers.greeting ?? []) socket.send(JSON.stringify(message))
    }
    socket.onmessage = (event: MessageEvent<string>) => this.receive(event.data)
    socket.onclose = (event) => {
      this.socket = null
      if (this.closed) return
      this.say('offline')
      if (!CLOSED_FOR_GOOD.has(event.code)) this.later()
    }
  }

  private receive(text: string): void {
    this.attempt = 0
    for (const frame of framesIn(JSON.parse(text) as Frame)) this.take(frame)
  }

  private take(frame: Frame): void {
    // Only lines that came count: a greeting names the last line there is, which is still on its way.
    if (frame.type === 'lines') this.after = Math.max(this.after ?? 0, lastSeq(frame))
    this.say('live')
    this.handlers.onFrame(frame)
    if (frame.type === 'finished') this.close()
  }

  private later(): void {
    this.timer = setTimeout(() => void this.open(), pauseBefore(this.attempt++))
    this.say('offline')
  }

  private say(state: LiveState): void {
    this.handlers.onState?.(state)
  }
}

/** What comes within one tick comes as one `batch`. */
export const framesIn = (frame: Frame): Frame[] =>
  frame.type === 'batch' && Array.isArray(frame['frames']) ? (frame['frames'] as Frame[]) : [frame]

/** The last sequence number that a frame carries: a frame of lines carries many. */
export function lastSeq(frame: Frame): number {
  const lines = frame['lines']
  if (frame.type === 'lines' && Array.isArray(lines)) {
    const last = lines.at(-1) as { seq?: number } | undefined
    if (typeof last?.seq === 'number') return last.seq
  }
  return frame.seq ?? 0
}

export const openLive = (path: string, handlers: LiveHandlers, ticket: () => Promise<string> = fetchTicket): LiveConnection =>
  new Connection(path, handlers, ticket)

let light: LiveState = 'connecting'
const watchers = new Set<() => void>()

/** The shell's connection sets the light that the top bar shows. */
export function setLiveLight(state: LiveState): void {
  if (state === light) return
  light = state
  watchers.forEach((watcher) => watcher())
}

export const useLiveLight = (): LiveState =>
  useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    () => light,
  )
