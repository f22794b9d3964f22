import type { ScanLine } from '@/api/types'

/**
 * The lines of one scan, put together from REST pages and live frames: sorted by sequence number, each once. Lines are numbered
 * without a hole, so a missing number is a line that did not come: it is asked for once, and shown as a gap until it is there.
 */
export type Gap = { from: number; to: number }
export type LogSnapshot = { lines: readonly ScanLine[]; gaps: readonly Gap[]; loading: boolean; error: unknown; hasOlder: boolean }
export type FetchLines = (after: number, limit: number) => Promise<{ items: ScanLine[]; total: number }>

const PAGE = 500
const MOST_LINES = 50_000
const MOST_FILLED = 5_000
const PUBLISH_MS = 60

/** `known` with `arriving` merged in; both ascend by seq. Returns `known` itself when nothing is new. */
export function mergeLines(known: readonly ScanLine[], arriving: readonly ScanLine[]): readonly ScanLine[] {
  const first = arriving[0]
  if (!first) return known
  if (first.seq > (known.at(-1)?.seq ?? 0)) return [...known, ...arriving]
  const have = new Set(known.map((line) => line.seq))
  const fresh = arriving.filter((line) => !have.has(line.seq))
  return fresh.length === 0 ? known : [...known, ...fresh].sort((a, b) => a.seq - b.seq)
}

/** Where numbers are missing between the first and the last known line. */
export function findGaps(lines: readonly ScanLine[]): Gap[] {
  const gaps: Gap[] = []
  for (let index = 1; index < lines.length; index++) {
    const before = lines[index - 1]?.seq ?? 0
    const after = lines[index]?.seq ?? 0
    if (after - before > 1) gaps.push({ from: before + 1, to: after - 1 })
  }
  return gaps
}

export class ScanLog {
  private lines: readonly ScanLine[] = []
  private loading = true
  private error: unknown = null
  private busyOlder = false
  private asked = new Set<number>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private listeners = new Set<() => void>()
  private shown: LogSnapshot = { lines: [], gaps: [], loading: true, error: null, hasOlder: false }

  constructor(private readonly fetchLines: FetchLines) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  readonly snapshot = (): LogSnapshot => this.shown

  get lastSeq(): number {
    return this.lines.at(-1)?.seq ?? 0
  }

  /** Loads the last page, or the one around `seq`. Failing is a state to show, not an exception. */
  async start(seq?: number): Promise<void> {
    this.loading = true
    this.error = null
    this.publish()
    try {
      const after = seq === undefined ? await this.tailStart() : Math.max(0, seq - PAGE / 2)
      this.lines = mergeLines(this.lines, (await this.fetchLines(after, PAGE)).items)
    } catch (error) {
      this.error = error
    }
    this.loading = false
    this.publish()
  }

  private async tailStart(): Promise<number> {
    const { total } = await this.fetchLines(0, 1)
    return Math.max(0, total - PAGE)
  }

  /** Lines from a live frame. */
  add(arriving: readonly ScanLine[]): void {
    const merged = mergeLines(this.lines, arriving)
    if (merged === this.lines) return
    this.lines = merged.length > MOST_LINES ? merged.slice(-MOST_LINES) : merged
    this.publishSoon()
    void this.fill()
  }

  /** Everything after the last known line: asked at a reconnect and at the end, when no next line would show a hole. */
  async catchUp(): Promise<void> {
    for (let round = 0; round < MOST_FILLED / PAGE; round++) {
      const page = await this.fetchLines(this.lastSeq, PAGE).catch(() => null)
      if (!page || page.items.length === 0) return
      this.add(page.items)
      if (page.items.length < PAGE) return
    }
  }

  async older(): Promise<void> {
    const first = this.lines[0]?.seq ?? 0
    if (first <= 1 || this.busyOlder) return
    this.busyOlder = true
    const after = Math.max(0, first - 1 - PAGE)
    const page = await this.fetchLines(after, first - 1 - after).catch(() => null)
    this.busyOlder = false
    if (page) this.add(page.items)
  }

  /** Asks once for what is missing; the log goes on meanwhile. */
  private async fill(): Promise<void> {
    for (const gap of findGaps(this.lines)) {
      if (this.asked.has(gap.from)) continue
      this.asked.add(gap.from)
      const to = Math.min(gap.to, gap.from + MOST_FILLED - 1)
      for (let after = gap.from - 1; after < to; after += PAGE) {
        const page = await this.fetchLines(after, Math.min(PAGE, to - after)).catch(() => null)
        if (!page || page.items.length === 0) break
        this.lines = mergeLines(this.lines, page.items)
        this.publishSoon()
      }
    }
  }

  private publishSoon(): void {
    this.timer ??= setTimeout(() => this.publish(), PUBLISH_MS)
  }

  private publish(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.shown = { lines: this.lines, gaps: findGaps(this.lines), loading: this.loading, error: this.error, hasOlder: (this.lines[0]?.seq ?? 1) > 1 }
    this.listeners.forEach((listener) => listener())
  }
}
