import { afterEach, expect, it, vi } from 'vitest'
import { openLive, type Frame } from '@/api/live'
import type { ScanLine } from '@/api/types'
import { ScanLog, type FetchLines } from './scan-log'
import { linesOf } from './use-scan-live'

const CUTS = 100

/** A server that writes lines all the time, sends them to whoever is connected, and answers pages of what is stored. */
class Server {
  lines: ScanLine[] = []
  socket: FakeSocket | null = null

  readonly fetch: FetchLines = async (after, limit) => ({ items: this.lines.slice(after, after + limit), total: this.lines.length })

  write(count: number): void {
    const first = this.lines.length + 1
    const fresh = Array.from({ length: count }, (_, index): ScanLine => ({ seq: first + index, chunk: 1, text: `line ${first + index}`, at: '2026-01-01T00:00:00Z', kind: 'out' }))
    this.lines.push(...fresh)
    this.socket?.say({ type: 'lines', seq: this.lines.length, chunk: 1, first_seq: first, lines: fresh })
  }

  greet(socket: FakeSocket, after: number): void {
    this.socket = socket
    socket.say({ type: 'hello', seq: this.lines.length, after })
    const missed = this.lines.slice(after)
    if (missed.length > 0) socket.say({ type: 'lines', seq: this.lines.length, chunk: 1, first_seq: after + 1, lines: missed })
  }
}

let server = new Server()

class FakeSocket {
  onopen?: () => void
  onclose?: (event: { code: number }) => void
  onmessage?: (event: { data: string }) => void
  private cut = false
  constructor() {
    queueMicrotask(() => this.onopen?.())
  }
  send = (text: string) => {
    const message = JSON.parse(text) as { type: string; after?: number }
    if (message.type === 'auth') server.greet(this, message.after ?? 0)
  }
  say(frame: Frame): void {
    if (!this.cut) this.onmessage?.({ data: JSON.stringify(frame) })
  }
  close = (): void => this.break(1000)
  break(code: number): void {
    this.cut = true
    if (server.socket === this) server.socket = null
    this.onclose?.({ code })
  }
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it(`shows what REST has after ${CUTS} cuts, each line once and none in a wrong place (F09)`, async () => {
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.useFakeTimers()
  server = new Server()
  server.write(30)
  const log = new ScanLog(server.fetch)
  await log.start()
  const connection = openLive(
    '/ws/scans/7',
    {
      after: log.lastSeq,
      onFrame: (frame) => {
        if (frame.type === 'hello') void log.catchUp()
        if (frame.type === 'lines') log.add(linesOf(frame))
      },
    },
    async () => 'ticket',
  )
  for (let cut = 0; cut < CUTS; cut++) {
    await vi.waitFor(() => expect(server.socket).not.toBeNull())
    server.write(1 + (cut % 7))
    // Some cuts come right after the greeting, before a line; some codes are a proxy's, some the network's.
    server.socket?.break([1006, 1012, 1001, 4408][cut % 4] ?? 1006)
    server.write(cut % 5)
    await vi.advanceTimersByTimeAsync(20_000)
  }
  server.write(3)
  await log.catchUp()
  connection.close()
  const { items, total } = await server.fetch(0, 10_000)
  log.look(1, total)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(log.snapshot().total).toBe(total)
  expect(items.map(({ seq }) => log.line(seq)?.text)).toEqual(items.map(({ text }) => text))
})
