import { describe, expect, it, vi } from 'vitest'
import type { ScanLine } from '@/api/types'
import { logRows } from './log-rows'
import { findGaps, mergeLines, ScanLog, type FetchLines } from './scan-log'
import { linesOf } from './use-scan-live'

const line = (seq: number, chunk = 1): ScanLine => ({ seq, chunk, text: `line ${seq}`, at: '2026-01-01T00:00:00Z', kind: 'out' })
const lines = (from: number, to: number): ScanLine[] => Array.from({ length: to - from + 1 }, (_, index) => line(from + index))
const seqs = (some: readonly ScanLine[]) => some.map(({ seq }) => seq)

/** A server with that many stored lines. */
const server = (total: number) => vi.fn<FetchLines>(async (after, limit) => ({ items: lines(after + 1, Math.min(total, after + limit)), total }))

describe('mergeLines', () => {
  it('appends, fills and never doubles', () => {
    expect(seqs(mergeLines(lines(1, 3), lines(4, 5)))).toEqual([1, 2, 3, 4, 5])
    expect(seqs(mergeLines([line(1), line(4)], lines(2, 4)))).toEqual([1, 2, 3, 4])
  })

  it('returns the same list when nothing is new', () => {
    const known = lines(1, 3)
    expect(mergeLines(known, lines(2, 3))).toBe(known)
    expect(mergeLines(known, [])).toBe(known)
  })

  it('finds what is missing between lines', () => {
    expect(findGaps([line(1), line(2), line(5), line(9)])).toEqual([
      { from: 3, to: 4 },
      { from: 6, to: 8 },
    ])
  })
})

describe('ScanLog', () => {
  it('starts with the last page and knows that older lines exist', async () => {
    const log = new ScanLog(server(1_200))
    await log.start()
    expect(log.snapshot().lines[0]?.seq).toBe(701)
    expect(log.lastSeq).toBe(1_200)
    expect(log.snapshot().hasOlder).toBe(true)
    await log.older()
    await vi.waitFor(() => expect(log.snapshot().lines[0]?.seq).toBe(201))
  })

  it('joins backlog and live frames that overlap, without a hole or a line twice', async () => {
    const log = new ScanLog(server(20))
    await log.start()
    log.add(lines(15, 24))
    log.add(lines(25, 26))
    await vi.waitFor(() => expect(seqs(log.snapshot().lines)).toEqual(seqs(lines(1, 26))))
  })

  it('asks once for lines that a gap left out', async () => {
    const fetchLines = server(100)
    const log = new ScanLog(async (after, limit) => (after === 0 && limit === 1 ? { items: [line(1)], total: 10 } : fetchLines(after, Math.min(limit, after === 0 ? 10 : limit))))
    await log.start()
    log.add(lines(31, 32))
    await vi.waitFor(() => expect(seqs(log.snapshot().lines)).toEqual(seqs(lines(1, 32))))
    expect(log.snapshot().gaps).toEqual([])
    expect(fetchLines.mock.calls.filter(([after]) => after === 10)).toHaveLength(1)
  })

  it('shows a gap while its lines cannot be had', async () => {
    const log = new ScanLog(async (after) => (after < 5 ? { items: lines(1, 5), total: 5 } : Promise.reject(new Error('away'))))
    await log.start()
    log.add([line(9)])
    await vi.waitFor(() => expect(log.snapshot().gaps).toEqual([{ from: 6, to: 8 }]))
  })

  it('catches up after a reconnect, when no next line would tell', async () => {
    let total = 5
    const log = new ScanLog(async (after, limit) => ({ items: lines(after + 1, Math.min(total, after + limit)), total }))
    await log.start()
    total = 1_400
    await log.catchUp()
    await vi.waitFor(() => expect(log.snapshot().lines).toHaveLength(1_400))
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

describe('rows of the log', () => {
  it('puts a row where lines are missing and keeps one chunk when asked', () => {
    const known = [line(1, 1), line(2, 2), line(5, 1)]
    const rows = logRows(known, findGaps(known), 1, ({ from, to }) => `${from}-${to}`)
    expect(rows.map(({ seq, kind, text }) => [seq, kind, text])).toEqual([
      [1, 'out', 'line 1'],
      [3, 'gap', '3-4'],
      [5, 'out', 'line 5'],
    ])
  })

  it('reads a frame that names its chunk once', () => {
    const read = linesOf({ type: 'lines', seq: 8, chunk: 3, first_seq: 7, lines: [{ seq: 7, text: 'a', kind: 'err' }, { text: 'b' }] })
    expect(read.map(({ seq, chunk, kind, text }) => [seq, chunk, kind, text])).toEqual([
      [7, 3, 'err', 'a'],
      [8, 3, 'out', 'b'],
    ])
  })
})
