import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ChevronDown, ChevronUp, Link2, Pause, Search } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/use-format'
import { parseAnsi, type AnsiColor } from '@/lib/ansi'
import { cx } from '@/lib/cx'
import { Button } from './Button'
import { IconButton } from './IconButton'
import { Input } from './Input'

export type LogLine = { seq: number; text: string; kind?: 'out' | 'err' | 'note' }
/** What is looked for, how many lines hold it, and which of them the person is at. */
export type LogSearch = { text: string; setText: (text: string) => void; total: number; indexes: readonly number[]; busy: boolean }
type Props = {
  count: number
  /** The line at a place; undefined while it is not loaded. */
  lineAt: (index: number) => LogLine | undefined
  /** The places that are on the screen now. */
  onLook: (first: number, last: number) => void
  label: string
  /** Whether more lines may come: then the view follows until the person scrolls up. */
  live?: boolean
  /** The place of a line to show at first, from the URL. */
  target?: number | undefined
  /** The link to a line, to be copied. */
  lineHref?: (seq: number) => string
  search: LogSearch
  toolbar?: ReactNode
  className?: string
}

const LINE_HEIGHT = 20
const NEAR_END_PX = 24
const COLORS: Record<AnsiColor, string> = {
  black: 'text-muted',
  red: 'text-down',
  green: 'text-up',
  yellow: 'text-degraded',
  blue: 'text-maintenance',
  magenta: 'text-accent-text',
  cyan: 'text-accent-text',
  white: 'text-text',
}

/** Output of a running program: virtual up to a million lines, searchable, selectable text; follows the end until someone scrolls up. */
export function LogView({ count, lineAt, onLook, label, live = false, target, lineHref, search, toolbar, className }: Props) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const [follow, setFollow] = useState(live && target === undefined)
  const [found, setFound] = useState<number>()
  const virtualizer = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => LINE_HEIGHT, overscan: 20 })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0

  useEffect(() => {
    if (count > 0) onLook(first, last)
  }, [onLook, first, last, count])
  useEffect(() => {
    if (follow && count > 0) virtualizer.scrollToIndex(count - 1, { align: 'end' })
  }, [follow, count, virtualizer])
  const shownTarget = useRef(false)
  useEffect(() => {
    if (target === undefined || target >= count || shownTarget.current) return
    shownTarget.current = true
    virtualizer.scrollToIndex(target, { align: 'center' })
  }, [count, target, virtualizer])

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX
    // Whoever scrolls up is left there, also by the last lines of what has just ended.
    if (atEnd !== follow && (live || follow)) setFollow(atEnd)
  }
  const goTo = (index: number | undefined) => {
    setFound(index)
    if (index === undefined) return
    setFollow(false)
    virtualizer.scrollToIndex(index, { align: 'center' })
  }
  const needle = search.text.trim().toLowerCase()
  return (
    <section aria-label={label} className={cx('card relative flex min-h-64 flex-col overflow-hidden', className)}>
      <div className="flex flex-wrap items-center gap-2 border-b px-2 py-1.5">
        <SearchBar search={search} found={found} goTo={goTo} />
        <div className="ml-auto flex items-center gap-1">
          {toolbar}
          {live && <FollowButton follow={follow} onChange={setFollow} />}
        </div>
      </div>
      <div ref={scroller} onScroll={onScroll} tabIndex={0} role="log" aria-label={label} aria-live="off" className="min-h-0 flex-1 overflow-auto overscroll-contain bg-page py-1.5 font-mono text-xs -outline-offset-2!">
        {count === 0 && <p className="px-4 py-3 text-muted">{live ? t('log.waiting') : t('state.empty')}</p>}
        <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const line = lineAt(item.index)
            return (
              <div key={item.index} data-index={item.index} ref={virtualizer.measureElement} className="absolute top-0 left-0 w-full" style={{ transform: `translateY(${item.start}px)` }}>
                {line ? <LogRow line={line} marked={item.index === target} found={item.index === found} needle={needle} lineHref={lineHref} /> : <div aria-hidden className="h-5" />}
              </div>
            )
          })}
        </div>
      </div>
      {live && !follow && (
        <Button size="sm" className="enter absolute! right-4 bottom-4 shadow-lifted" icon={<ArrowDown />} onClick={() => setFollow(true)}>
          {t('log.follow')}
        </Button>
      )}
    </section>
  )
}

function FollowButton({ follow, onChange }: { follow: boolean; onChange: (follow: boolean) => void }) {
  const { t } = useTranslation()
  return (
    <IconButton size="sm" active={!follow} aria-pressed={!follow} label={t(follow ? 'log.pause' : 'log.follow')} onClick={() => onChange(!follow)}>
      {follow ? <Pause /> : <ArrowDown />}
    </IconButton>
  )
}

function LogRow({ line, marked, found, needle, lineHref }: { line: LogLine; marked: boolean; found: boolean; needle: string; lineHref: Props['lineHref'] }) {
  const { t } = useTranslation()
  const copyLink = () => {
    if (lineHref) void navigator.clipboard?.writeText(new URL(lineHref(line.seq), location.href).href)
  }
  return (
    <div className={cx('group/line flex gap-3 pr-4 leading-5 max-sm:gap-2 max-sm:pr-2', marked && 'bg-glass', found && 'tint-degraded')}>
      <span className="inline-flex w-18 shrink-0 items-center max-sm:w-12 justify-end gap-1 text-muted select-none">
        {lineHref && (
          <button type="button" tabIndex={-1} aria-label={t('log.line_link', { number: line.seq })} onClick={copyLink} className="opacity-0 group-hover/line:opacity-100">
            <Link2 aria-hidden className="size-3" />
          </button>
        )}
        {line.seq}
      </span>
      <span className={cx('min-w-0 flex-1 break-words whitespace-pre-wrap', line.kind === 'err' && 'text-down', line.kind === 'note' && 'text-accent-text')}>
        {parseAnsi(line.text).map((span, index) => (
          <span key={index} className={cx(span.color && COLORS[span.color], span.bold && 'font-semibold', span.dim && 'opacity-70')}>
            {needle ? highlight(span.text, needle) : span.text}
          </span>
        ))}
      </span>
    </div>
  )
}

/** The text with each match marked. */
function highlight(text: string, needle: string): ReactNode {
  const parts: ReactNode[] = []
  const lower = text.toLowerCase()
  let from = 0
  for (let at = lower.indexOf(needle); at >= 0; at = lower.indexOf(needle, from)) {
    parts.push(text.slice(from, at), <mark key={at} className="rounded-xs bg-accent-text text-on-accent">{text.slice(at, at + needle.length)}</mark>)
    from = at + needle.length
  }
  parts.push(text.slice(from))
  return parts
}

function SearchBar({ search, found, goTo }: { search: LogSearch; found: number | undefined; goTo: (index: number | undefined) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { indexes } = search
  const step = (by: 1 | -1) => {
    if (indexes.length === 0) return
    const at = found === undefined ? -1 : indexes.indexOf(found)
    goTo(indexes[at < 0 ? (by > 0 ? 0 : indexes.length - 1) : (at + by + indexes.length) % indexes.length])
  }
  return (
    <>
      <Input
        aria-label={t('log.search')}
        placeholder={t('log.search')}
        icon={<Search />}
        className="w-52"
        value={search.text}
        onChange={(event) => {
          goTo(undefined)
          search.setText(event.target.value)
        }}
        onKeyDown={(event) => event.key === 'Enter' && step(event.shiftKey ? -1 : 1)}
      />
      {search.text.trim() && (
        <>
          <span aria-live="polite" className="text-xs text-muted">
            {search.busy && search.total === 0 ? t('list.loading') : t('log.matches', { count: search.total, formatted: format.number(search.total) })}
          </span>
          <IconButton size="sm" label={t('log.previous')} onClick={() => step(-1)}>
            <ChevronUp />
          </IconButton>
          <IconButton size="sm" label={t('log.next')} onClick={() => step(1)}>
            <ChevronDown />
          </IconButton>
        </>
      )}
    </>
  )
}
