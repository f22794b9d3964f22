import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { Scan } from '@/api/types'
import { paths } from '@/lib/paths'
import { useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { LogView } from '@/ui/LogView'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { SkeletonLines } from '@/ui/Skeleton'
import { logRows } from './log-rows'
import type { ScanLive } from './use-scan-live'

/** The scan's own words as they come, of all chunks or of one. */
export function LogTab({ scan, live, alive }: { scan: Scan; live: ScanLive; alive: boolean }) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const [search, setSearch] = useSearchState()
  const { lines, gaps, loading, error, hasOlder } = live.log
  const chunk = search['chunk'] === undefined ? undefined : Number(search['chunk'])
  const target = Number(search['line'])
  const rows = useMemo(() => logRows(lines, gaps, chunk, ({ from, to }) => c('log.missed', { from, to })), [lines, gaps, chunk, c])
  if (loading && lines.length === 0) return <div className="card p-4"><SkeletonLines lines={10} /></div>
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      {error !== null && (
        <Notice tone="degraded" action={<Button size="sm" onClick={live.reload}>{c('action.retry')}</Button>}>
          {t('log.not_loaded')} {errorText(error)}
        </Notice>
      )}
      <LogView
        className="h-[60vh] sm:h-auto sm:flex-1"
        label={t('tab.log')}
        lines={rows}
        live={alive}
        targetSeq={target > 0 ? target : undefined}
        lineHref={(seq) => `${paths.scan(scan.id)}?line=${seq}`}
        onOlder={hasOlder ? live.older : undefined}
        toolbar={<ChunkSelect scan={scan} chunk={chunk} onChange={(next) => setSearch({ chunk: next, line: undefined })} />}
      />
    </div>
  )
}

const MOST_LISTED = 500

function ChunkSelect({ scan, chunk, onChange }: { scan: Scan; chunk: number | undefined; onChange: (chunk: number | undefined) => void }) {
  const { t } = useTranslation('discovery')
  if (scan.chunks.total < 2) return null
  const numbers = Array.from({ length: Math.min(scan.chunks.total, MOST_LISTED) }, (_, index) => index + 1)
  return (
    <Select
      aria-label={t('log.chunk_filter')}
      className="w-40"
      placeholder={t('log.all_chunks')}
      options={numbers.map((number) => ({ value: String(number), label: t('chunk.number', { number }) }))}
      value={chunk === undefined ? '' : String(chunk)}
      onChange={(event) => onChange(event.target.value ? Number(event.target.value) : undefined)}
    />
  )
}
