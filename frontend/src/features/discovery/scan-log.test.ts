import { describe, expect, it, vi } from 'vitest'
import type { ScanLine } from '@/api/types'
import { ScanLog, type FetchLines } from './scan-log'
import { linesOf } from './use-scan-live'

const line = (seq: number, chunk = 1): ScanLine => ({ seq, chunk, text: `line ${seq}`, at: '2026-01-01T00:00:00Z', kind: 'out' })
const lines = (from: number, to: number): ScanLine[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => line(from + index))

/** A server with that many stored lines. */
const server = (total: number) => vi.fn<FetchLines>(async (after, limit) => ({ items: lines(after + 1, Math.min(total, after + limit)), total }))
const loaded = (log: ScanLog, from: number, to: number) => lines(from, to).every(({ seq }) => log.line(seq)?.text === `line ${seq}`)

describe('ScanLog', () => {
  it('starts at the end and loads what is looked at', async () => {
    const log = new ScanLog(server(1_000_000))
    await log.start()
    expect(log.snapshot()).toMatchObject({ total: 1_000_000, loading: false })
    expect(loaded(log, 999_900, 1_000_000)).toBe(true)
    expect(log.line(5)).toBeUndefined()
    log.look(1, 40)
    await vi.waitFor(() => expect(loaded(log, 1, 40)).toBe(true))
  })

  it('holds a bounded number of lines however much is looked at', async () => {
    const log = new ScanLog(server(1_000_000))
    await log.start()
    for (let at = 1; at < 400_000; at += 500) log.look(at, at + 10)
    await vi.waitFor(() => expect(loaded(log, 399_501, 399_511)).toBe(true))
    const held = (log as unknown as { pages: Map<number, unknown> }).pages.size
    expect(held).toBeLessThanOrEqual(240)
    expect(loaded(log, 999_900, 1_000_000)).toBe(true)
  })

  it('starts at a line that a link names', async () => {
    const log = new ScanLog(server(5_000))
    await log.start(1_234)
    expect(loaded(log, 1_200, 1_260)).toBe(true)
  })

  it('joins backlog and live frames that overlap, come late or come twice', async () => {
    const log = new ScanLog(server(20))
    await log.start()
    log.add(lines(25, 26))
    log.add(lines(15, 24))
    log.add(lines(20, 26))
    await vi.waitFor(() => expect(log.snapshot().total).toBe(26))
    expect(loaded(log, 1, 26)).toBe(true)
  })

  it('asks for lines that a gap left out, once somebody looks there', async () => {
    const fetchLines = server(100)
    const log = new ScanLog(async (after, limit) => (after === 0 && limit === 1 ? { items: [line(1)], total: 10 } : fetchLines(after, limit)))
    log.add(lines(1, 10))
    log.add(lines(31, 32))
    log.look(1, 32)
    log.look(1, 32)
    await vi.waitFor(() => expect(loaded(log, 1, 32)).toBe(true))
    expect(fetchLines).toHaveBeenCalledOnce()
  })

  it('catches up after a reconnect, when no next line would tell', async () => {
    let total = 5
    const log = new ScanLog(async (after, limit) => ({ items: lines(after + 1, Math.min(total, after + limit)), total }))
    await log.start()
    log.look(1, 30)
    total = 1_400
    await log.catchUp()
    await vi.waitFor(() => expect(log.snapshot().total).toBe(1_400))
    log.look(1_300, 1_400)
    await vi.waitFor(() => expect(loaded(log, 1_300, 1_400)).toBe(true))
  })

  it('says that it could not load, and loads when asked again', async () => {
    let broken = true
    const log = new ScanLog(async () => {
      if (broken) throw new Error('away')
      return { items: lines(1, 2), total: 2 }
    })
    await log.start()
    expect(log.snapshot().error).toBeInstanceOf(Error)
    broken = false
    await log.start()
    expect(log.snapshot()).toMatchObject({ error: null, loading: false })
  })
})

it('reads a frame that names its chunk once', () => {
  const read = linesOf({ type: 'lines', seq: 8, chunk: 3, first_seq: 7, lines: [{ seq: 7, text: 'a', kind: 'err' }, { text: 'b' }] })
  expect(read.map(({ seq, chunk, kind, text }) => [seq, chunk, kind, text])).toEqual([
    [7, 3, 'err', 'a'],
    [8, 3, 'out', 'b'],
  ])
})
