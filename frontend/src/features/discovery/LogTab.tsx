import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Copy, Download } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fetchFile, unwrap } from '@/api/client'
import { errorText } from '@/api/errors'
import type { Scan } from '@/api/types'
import { stripAnsi } from '@/lib/ansi'
import { paths } from '@/lib/paths'
import { saveFile } from '@/lib/save-file'
import { useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { LogView, type LogLine, type LogSearch } from '@/ui/LogView'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { SkeletonLines } from '@/ui/Skeleton'
import { showToast } from '@/ui/toast'
import type { ScanLive } from './use-scan-live'

const PAGE = 500
const COPIED = 2_000

type Props = { scan: Scan; live: ScanLive; alive: boolean }

/** The scan's own words as they come, of all chunks or of one. */
export function LogTab({ scan, live, alive }: Props) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const [search] = useSearchState()
  const chunk = search['chunk'] === undefined ? undefined : Number(search['chunk'])
  const { loading, error, total } = live.log
  if (loading && total === 0) return <div className="card p-4"><SkeletonLines lines={10} /></div>
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      {error !== null && (
        <Notice tone="degraded" action={<Button size="sm" onClick={live.reload}>{c('action.retry')}</Button>}>
          {t('log.not_loaded')} {errorText(error)}
        </Notice>
      )}
      {chunk === undefined ? <WholeLog scan={scan} live={live} alive={alive} /> : <ChunkLog key={chunk} scan={scan} live={live} alive={alive} chunk={chunk} />}
    </div>
  )
}

const LOOK = 'h-[60vh] sm:h-auto sm:flex-1'

/** Every line; the place of a line is its number less one. */
function WholeLog({ scan, live, alive }: Props) {
  const { t } = useTranslation('discovery')
  const [url] = useSearchState()
  const target = Number(url['line'])
  const search = useLogSearch(scan.id, undefined, (seq) => seq - 1)
  const { look, line, log } = live
  const onLook = useMemo(() => (first: number, last: number) => look(first + 1, last + 1), [look])
  return (
    <LogView
      className={LOOK}
      label={t('tab.log')}
      count={log.total}
      lineAt={(index) => line(index + 1)}
      onLook={onLook}
      live={alive}
      target={target > 0 ? target - 1 : undefined}
      lineHref={(seq) => `${paths.scan(scan.id)}?line=${seq}`}
      search={search}
      toolbar={<Tools scan={scan} lines={() => lastLines(log.total, (index) => line(index + 1))} />}
    />
  )
}

/** The lines of one chunk, page by page as somebody scrolls; asked again while it grows. */
function ChunkLog({ scan, live, alive, chunk }: Props & { chunk: number }) {
  const { t } = useTranslation('discovery')
  const grown = useDeferredValue(Math.floor(live.log.total / PAGE))
  const pages = useInfiniteQuery({
    queryKey: ['scan-parts', scan.id, 'lines', chunk, alive ? grown : 'all'],
    queryFn: ({ pageParam }) => unwrap(api.GET('/api/v1/scans/{scan_id}/lines', { params: { path: { scan_id: scan.id }, query: { after: pageParam, limit: PAGE, chunk } } })),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.next ? Number(page.next) : undefined),
    placeholderData: keepPreviousData,
  })
  const lines = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  const search = useLogSearch(scan.id, chunk, (seq) => lines.findIndex((line) => line.seq === seq))
  const { hasNextPage, isFetching, fetchNextPage } = pages
  const onLook = useMemo(
    () => (_: number, last: number) => {
      if (hasNextPage && !isFetching && last > lines.length - PAGE / 2) void fetchNextPage()
    },
    [hasNextPage, isFetching, fetchNextPage, lines.length],
  )
  return (
    <LogView
      className={LOOK}
      label={t('tab.log')}
      count={lines.length}
      lineAt={(index) => lines[index]}
      onLook={onLook}
      lineHref={(seq) => `${paths.scan(scan.id)}?line=${seq}`}
      search={search}
      toolbar={<Tools scan={scan} lines={() => lastLines(lines.length, (index) => lines[index])} />}
    />
  )
}

const lastLines = (count: number, at: (index: number) => LogLine | undefined): LogLine[] =>
  Array.from({ length: Math.min(count, COPIED) }, (_, index) => at(count - Math.min(count, COPIED) + index)).filter((line) => line !== undefined)

/** The server looks through all lines, not only those that are loaded. */
function useLogSearch(scanId: number, chunk: number | undefined, indexOf: (seq: number) => number): LogSearch {
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['scan-parts', scanId, 'search', chunk, wanted],
    queryFn: () =>
      unwrap(api.GET('/api/v1/scans/{scan_id}/lines', { params: { path: { scan_id: scanId }, query: { limit: PAGE, q: wanted, ...(chunk === undefined ? {} : { chunk }) } } })),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })
  const data = wanted ? found.data : undefined
  return { text, setText, total: data?.total ?? 0, indexes: data?.items.map((line) => indexOf(line.seq)).filter((index) => index >= 0) ?? [], busy: found.isFetching }
}

function Tools({ scan, lines }: { scan: Scan; lines: () => LogLine[] }) {
  const { t } = useTranslation('cockpit')
  const [busy, setBusy] = useState(false)
  const copy = () => {
    const some = lines()
    void navigator.clipboard?.writeText(some.map((line) => stripAnsi(line.text)).join('\n')).then(() => showToast(t('log.copied', { count: some.length })))
  }
  const download = () => {
    setBusy(true)
    fetchFile(`/api/v1/scans/${scan.id}/log.txt`)
      .then((file) => saveFile(`scan-${scan.id}.log`, file))
      .catch((error: unknown) => showToast(errorText(error), { tone: 'down' }))
      .finally(() => setBusy(false))
  }
  return (
    <>
      <ChunkSelect scan={scan} />
      <IconButton size="sm" label={t('log.copy')} onClick={copy}>
        <Copy />
      </IconButton>
      <IconButton size="sm" label={t('log.download')} disabled={busy} onClick={download}>
        <Download />
      </IconButton>
    </>
  )
}

const MOST_LISTED = 500

function ChunkSelect({ scan }: { scan: Scan }) {
  const { t } = useTranslation('discovery')
  const [search, setSearch] = useSearchState()
  if (scan.chunks.total < 2) return null
  const numbers = Array.from({ length: Math.min(scan.chunks.total, MOST_LISTED) }, (_, index) => index + 1)
  return (
    <Select
      aria-label={t('log.chunk_filter')}
      className="w-40"
      placeholder={t('log.all_chunks')}
      options={numbers.map((number) => ({ value: String(number), label: t('chunk.number', { number }) }))}
      value={search['chunk'] === undefined ? '' : String(search['chunk'])}
      onChange={(event) => setSearch({ chunk: event.target.value ? Number(event.target.value) : undefined, line: undefined })}
    />
  )
}
