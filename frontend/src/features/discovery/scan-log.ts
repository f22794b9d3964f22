import type { ScanLine } from '@/api/types'

/**
 * The lines of one scan, put together from REST pages and live frames. Lines are numbered from 1 without a hole, so what is not
 * here is simply not loaded: it is asked for when somebody looks at its place. A log of a million lines holds what was looked
 * at last, and nothing that came twice or late can be in the wrong place.
 */
export type LogSnapshot = { version: number; total: number; loading: boolean; error: unknown }
export type FetchLines = (after: number, limit: number) => Promise<{ items: ScanLine[]; total: number }>

const PAGE = 500
const MOST_PAGES = 240
const PUBLISH_MS = 60
const RETRY_MS = 3_000

type Held = { lines: (ScanLine | undefined)[]; count: number }

export class ScanLog {
  private pages = new Map<number, Held>()
  private total = 0
  private loading = true
  private error: unknown = null
  private looked: readonly [number, number] = [1, 1]
  private pending = new Set<number>()
  private failed = new Map<number, number>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private listeners = new Set<() => void>()
  private shown: LogSnapshot = { version: 0, total: 0, loading: true, error: null }

  constructor(private readonly fetchLines: FetchLines) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  readonly snapshot = (): LogSnapshot => this.shown

  /** The number of the last line that is known to exist. */
  get lastSeq(): number {
    return this.total
  }

  /** The line with that number, if it is loaded. */
  readonly line = (seq: number): ScanLine | undefined => this.pages.get(pageOf(seq))?.lines[(seq - 1) % PAGE]

  /** Loads the end of the log, or what surrounds `seq`. Failing is a state to show, not an exception. */
  async start(seq?: number): Promise<void> {
    this.loading = true
    this.error = null
    this.publish()
    try {
      this.total = Math.max(this.total, (await this.fetchLines(0, 1)).total)
      const around = Math.min(seq ?? this.total, this.total)
      if (around > 0) await Promise.all([...new Set([pageOf(Math.max(1, around - PAGE / 2)), pageOf(around)])].map((page) => this.load(page, true)))
    } catch (error) {
      this.error = error
    }
    this.loading = false
    this.publish()
  }

  /** Lines from a live frame or a page. */
  add(arriving: readonly ScanLine[]): void {
    for (const line of arriving) this.put(line)
    if (arriving.length > 0) this.publishSoon()
  }

  /** Somebody looks at these lines: what of them is missing is asked for. */
  readonly look = (first: number, last: number): void => {
    this.looked = [first, last]
    for (let page = pageOf(Math.max(1, first)); page <= pageOf(Math.min(last, this.total)); page++) {
      if (!this.isWhole(page) && Date.now() - (this.failed.get(page) ?? 0) > RETRY_MS) void this.load(page, false)
    }
  }

  /** Learns what came meanwhile: asked at a reconnect and at the end, when no next line would tell. */
  async catchUp(): Promise<void> {
    const page = await this.fetchLines(this.total, PAGE).catch(() => null)
    if (!page) return
    this.total = Math.max(this.total, page.total)
    this.add(page.items)
    this.look(...this.looked)
    this.publishSoon()
  }

  private put(line: ScanLine): void {
    const page = pageOf(line.seq)
    const held = this.pages.get(page) ?? { lines: [], count: 0 }
    const at = (line.seq - 1) % PAGE
    if (!held.lines[at]) {
      held.lines[at] = line
      held.count += 1
    }
    this.pages.set(page, held)
    this.total = Math.max(this.total, line.seq)
    if (this.pages.size > MOST_PAGES) this.forgetFarthest()
  }

  /** The page that is farthest from where the person looks, but never the one that is being written. */
  private forgetFarthest(): void {
    const here = pageOf(this.looked[0])
    const end = pageOf(this.total)
    const far = [...this.pages.keys()].filter((page) => page !== end).sort((a, b) => Math.abs(b - here) - Math.abs(a - here))[0]
    if (far !== undefined) this.pages.delete(far)
  }

  private isWhole(page: number): boolean {
    return (this.pages.get(page)?.count ?? 0) >= Math.min(PAGE, this.total - page * PAGE)
  }

  private async load(page: number, must: boolean): Promise<void> {
    if (this.pending.has(page)) return
    this.pending.add(page)
    try {
      this.add((await this.fetchLines(page * PAGE, PAGE)).items)
      this.failed.delete(page)
      // What the server does not have either is not asked for again at once.
      if (!this.isWhole(page)) this.failed.set(page, Date.now())
    } catch (error) {
      this.failed.set(page, Date.now())
      if (must) throw error
    } finally {
      this.pending.delete(page)
    }
  }

  private publishSoon(): void {
    this.timer ??= setTimeout(() => this.publish(), PUBLISH_MS)
  }

  private publish(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.shown = { version: this.shown.version + 1, total: this.total, loading: this.loading, error: this.error }
    this.listeners.forEach((listener) => listener())
  }
}

const pageOf = (seq: number): number => Math.floor((seq - 1) / PAGE)
