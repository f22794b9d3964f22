import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ChevronDown, ChevronUp, Link2, Search } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/use-format'
import { parseAnsi, stripAnsi, type AnsiColor } from '@/lib/ansi'
import { cx } from '@/lib/cx'
import { Button } from './Button'
import { IconButton } from './IconButton'
import { Input } from './Input'

export type LogLine = { seq: number; text: string; kind?: 'out' | 'err' | 'note' | 'gap' }
type Props = {
  lines: readonly LogLine[]
  label: string
  /** Whether more lines may come: then the view follows until the person scrolls up. */
  live?: boolean
  /** A line to show at first, from the URL. */
  targetSeq?: number | undefined
  /** The link to a line, to be copied. */
  lineHref?: (seq: number) => string
  /** Asked when the person reaches the top and older lines exist. */
  onOlder?: (() => void) | undefined
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

/** Output of a running program: virtual, searchable, selectable text; follows the end until someone scrolls up. */
export function LogView({ lines, label, live = false, targetSeq, lineHref, onOlder, toolbar, className }: Props) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const [follow, setFollow] = useState(live && targetSeq === undefined)
  const search = useLogSearch(lines)
  const virtualizer = useVirtualizer({ count: lines.length, getScrollElement: () => scroller.current, estimateSize: () => LINE_HEIGHT, overscan: 20 })

  useEffect(() => {
    if (follow && lines.length > 0) virtualizer.scrollToIndex(lines.length - 1, { align: 'end' })
  }, [follow, lines.length, virtualizer])
  const shownTarget = useRef(false)
  useEffect(() => {
    const index = targetSeq === undefined ? -1 : lines.findIndex((line) => line.seq === targetSeq)
    if (index < 0 || shownTarget.current) return
    shownTarget.current = true
    virtualizer.scrollToIndex(index, { align: 'center' })
  }, [lines, targetSeq, virtualizer])

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX
    if (live && atEnd !== follow) setFollow(atEnd)
    if (element.scrollTop < LINE_HEIGHT) onOlder?.()
  }
  const goTo = (index: number | undefined) => {
    if (index === undefined) return
    setFollow(false)
    virtualizer.scrollToIndex(index, { align: 'center' })
  }
  const found = search.matches[search.at]
  return (
    <section aria-label={label} className={cx('card relative flex min-h-64 flex-col overflow-hidden', className)}>
      <div className="flex flex-wrap items-center gap-2 border-b px-2 py-1.5">
        <LogSearch search={search} goTo={goTo} />
        <div className="ml-auto flex items-center gap-1">{toolbar}</div>
      </div>
      <div ref={scroller} onScroll={onScroll} tabIndex={0} role="log" aria-label={label} aria-live="off" className="min-h-0 flex-1 overflow-auto overscroll-contain bg-sunken py-1.5 font-mono text-xs -outline-offset-2!">
        {lines.length === 0 && <p className="px-4 py-3 text-muted">{live ? t('log.waiting') : t('state.empty')}</p>}
        <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {virtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index]
            if (!line) return null
            return (
              <div key={line.seq} data-index={item.index} ref={virtualizer.measureElement} className="absolute top-0 left-0 w-full" style={{ transform: `translateY(${item.start}px)` }}>
                <LogRow line={line} marked={line.seq === targetSeq} found={item.index === found} needle={search.text} lineHref={lineHref} />
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

function LogRow({ line, marked, found, needle, lineHref }: { line: LogLine; marked: boolean; found: boolean; needle: string; lineHref: Props['lineHref'] }) {
  const { t } = useTranslation()
  const copyLink = () => {
    if (lineHref) void navigator.clipboard?.writeText(new URL(lineHref(line.seq), location.href).href)
  }
  return (
    <div className={cx('group/line flex gap-3 pr-4 leading-5 max-sm:gap-2 max-sm:pr-2', marked && 'bg-glass', found && 'tint-degraded', line.kind === 'gap' && 'tint-degraded text-degraded')}>
      <span className="inline-flex w-16 shrink-0 items-center max-sm:w-10 justify-end gap-1 text-muted select-none">
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
    parts.push(text.slice(from, at), <mark key={at} className="rounded-xs bg-accent text-on-accent">{text.slice(at, at + needle.length)}</mark>)
    from = at + needle.length
  }
  parts.push(text.slice(from))
  return parts
}

type SearchModel = { text: string; setText: (text: string) => void; matches: readonly number[]; at: number; setAt: (at: number) => void }

function useLogSearch(lines: readonly LogLine[]): SearchModel {
  const [raw, setRaw] = useState('')
  const [at, setAt] = useState(0)
  const text = raw.toLowerCase()
  const matches = useMemo(() => (text ? lines.flatMap((line, index) => (stripAnsi(line.text).toLowerCase().includes(text) ? [index] : [])) : []), [lines, text])
  const setText = (next: string) => {
    setRaw(next)
    setAt(0)
  }
  return { text, setText, matches, at: Math.min(at, Math.max(0, matches.length - 1)), setAt }
}

function LogSearch({ search, goTo }: { search: SearchModel; goTo: (index: number | undefined) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { matches, at, setAt } = search
  const step = (by: number) => {
    if (matches.length === 0) return
    const next = (at + by + matches.length) % matches.length
    setAt(next)
    goTo(matches[next])
  }
  return (
    <>
      <Input
        aria-label={t('log.search')}
        placeholder={t('log.search')}
        icon={<Search />}
        className="w-52"
        onChange={(event) => search.setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && step(event.shiftKey ? -1 : 1)}
      />
      {search.text && (
        <>
          <span aria-live="polite" className="text-xs text-muted">
            {t('log.matches', { count: matches.length, formatted: format.number(matches.length) })}
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
