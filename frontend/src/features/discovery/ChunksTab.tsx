import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { Chunk, Scan } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { HeatStrip, type HeatCell } from '@/ui/HeatStrip'
import { Notice, PartialBanner } from '@/ui/Notice'
import { StateMark, type State } from '@/ui/StateMark'
import type { Column } from '@/ui/table/column'
import { ArtifactLinks } from './ArtifactLinks'
import { ChunkActions } from './cockpit/ChunkActions'
import { Duration } from './Duration'
import { chunksOptions, MOST_CHUNKS, useResumeScan } from './queries'
import { useMessageText } from './scan-words'

const STATES: Record<Chunk['status'], State> = { queued: 'unknown', running: 'new', done: 'up', partial: 'degraded', failed: 'down', stopped: 'maintenance', parked: 'degraded' }

/** The parts of the scan: a strip to see where it stands, a table to see why. */
export function ChunksTab({ scan }: { scan: Scan }) {
  const { t } = useTranslation('discovery')
  const [search, setSearch] = useSearchState()
  const query = useQuery(chunksOptions(scan.id))
  const columns = useChunkColumns(scan)
  const chunks = query.data ?? []
  const chosen = search['chunk'] === undefined ? undefined : Number(search['chunk'])
  const shown = chosen === undefined ? chunks : chunks.filter((chunk) => chunk.number === chosen)
  const choose = (number: number | undefined) => setSearch({ chunk: number === chosen ? undefined : number })
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <Missing scan={scan} />
      {chunks.length > 1 && <Strip chunks={chunks} chosen={chosen} onChoose={choose} />}
      {chunks.length >= MOST_CHUNKS && chunks.length < scan.chunks.total && <Notice>{t('chunk.first_only', { count: MOST_CHUNKS })}</Notice>}
      <DataTable
        fill
        name="scan-chunks"
        label={t('tab.chunks')}
        rows={shown}
        columns={columns}
        rowKey={(chunk) => String(chunk.id)}
        loading={query.isPending}
        error={query.error && errorText(query.error)}
        onRetry={() => void query.refetch()}
        toolbar={
          chosen !== undefined && (
            <Button size="sm" variant="ghost" onClick={() => choose(undefined)}>
              {t('chunk.show_all')}
            </Button>
          )
        }
        rowActions={(chunk) => <ChunkActions scan={scan} chunk={chunk} />}
        card={(chunk) => <ChunkCard scan={scan} chunk={chunk} />}
        empty={<EmptyState compact title={t('chunk.none')} />}
      />
    </div>
  )
}

/** "3 of 16 chunks did not finish", with the button that goes on. */
function Missing({ scan }: { scan: Scan }) {
  const { t } = useTranslation('discovery')
  const resume = useResumeScan()
  const missing = scan.chunks.total - scan.chunks.done
  if (!scan.can.resume || missing === 0) return null
  return (
    <PartialBanner
      action={
        <Button size="sm" busy={resume.isPending} onClick={() => resume.mutate(scan.id)}>
          {t('action.resume')}
        </Button>
      }
    >
      {resume.error ? errorText(resume.error) : t('chunk.missing', { count: missing, total: scan.chunks.total })}
    </PartialBanner>
  )
}

function Strip({ chunks, chosen, onChoose }: { chunks: readonly Chunk[]; chosen: number | undefined; onChoose: (number: number) => void }) {
  const { t } = useTranslation('discovery')
  const messageText = useMessageText()
  const cells = chunks.map((chunk): HeatCell => {
    const state = chunk.status === 'running' ? 'running' : chunk.status === 'queued' ? 'waiting' : STATES[chunk.status]
    const words = [t('chunk.number', { number: chunk.number }), t(`chunk.status.${chunk.status}`), chunk.targets.join(', '), chunk.message && messageText(chunk.message)]
    return { id: chunk.number, state, label: words.filter(Boolean).join(' · ') }
  })
  return <HeatStrip cells={cells} label={t('chunk.strip')} activeId={chosen} onOpen={(id) => onChoose(Number(id))} />
}

function useChunkColumns(scan: Scan): Column<Chunk>[] {
  const { t } = useTranslation('discovery')
  const format = useFormat()
  const messageText = useMessageText()
  return [
    { id: 'number', header: t('chunk.column.number'), width: 60, align: 'end', fixed: true, cell: (chunk) => format.number(chunk.number) },
    { id: 'status', header: t('column.status'), width: 118, cell: (chunk) => <StateMark state={STATES[chunk.status]} label={t(`chunk.status.${chunk.status}`)} pulse={chunk.status === 'running'} /> },
    { id: 'targets', header: t('column.targets'), width: 160, cell: (chunk) => <span className="mono" title={chunk.targets.join('\n')}>{chunk.targets.join(', ')}</span> },
    { id: 'done', header: t('chunk.column.done'), width: 84, align: 'end', cell: (chunk) => `${format.number(chunk.hosts_done)}/${format.number(chunk.target_count)}` },
    { id: 'devices', header: t('column.devices'), width: 80, align: 'end', cell: (chunk) => format.number(chunk.hosts_up) },
    { id: 'attempts', header: t('chunk.column.attempts'), width: 84, align: 'end', cell: (chunk) => format.number(chunk.attempts) },
    { id: 'duration', header: t('column.duration'), width: 104, cell: (chunk) => <Duration from={chunk.started_at} to={chunk.status === 'running' ? null : chunk.finished_at} /> },
    { id: 'message', header: t('chunk.column.message'), width: 250, cell: (chunk) => <MessageCell text={chunk.message && chunk.status !== 'done' ? messageText(chunk.message) : ''} /> },
    { id: 'files', header: t('tab.files'), width: 206, cell: (chunk) => <ArtifactLinks scan={scan} chunk={chunk} /> },
  ]
}

/** A chunk as a card, at phone width. */
function ChunkCard({ scan, chunk }: { scan: Scan; chunk: Chunk }) {
  const { t } = useTranslation('discovery')
  const messageText = useMessageText()
  return (
    <div className="flex flex-col gap-1 text-sm">
      <div className="flex items-baseline justify-between gap-3 text-base">
        <span className="font-medium">{t('chunk.number', { number: chunk.number })}</span>
        <StateMark state={STATES[chunk.status]} label={t(`chunk.status.${chunk.status}`)} />
      </div>
      <span className="mono text-muted">{chunk.targets.join(', ')}</span>
      {chunk.message && chunk.status !== 'done' && <span className="break-words">{messageText(chunk.message)}</span>}
      <div className="flex flex-wrap items-center justify-between gap-2">
        {chunk.artifacts.length > 0 && <ArtifactLinks scan={scan} chunk={chunk} />}
        <ChunkActions scan={scan} chunk={chunk} />
      </div>
    </div>
  )
}

const MessageCell = ({ text }: { text: string }) => (
  <span className={text ? 'text-text' : 'text-muted'} title={text}>
    {text || '–'}
  </span>
)
