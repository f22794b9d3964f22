import { useQuery } from '@tanstack/react-query'
import { Download, FileText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import type { Artifact, Scan } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { IconButton } from '@/ui/IconButton'
import { StateMark } from '@/ui/StateMark'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { artifactName, useDownload } from './ArtifactLinks'
import { artifactsOptions, chunksOptions } from './queries'

/** What nmap wrote, to download as it is. */
export function FilesTab({ scan, alive }: { scan: Scan; alive: boolean }) {
  const { t } = useTranslation('discovery')
  const list = useList(artifactsOptions(scan.id))
  const chunks = useQuery(chunksOptions(scan.id))
  const numbers = new Map((chunks.data ?? []).map((chunk) => [chunk.id, chunk.number]))
  const columns = useFileColumns(scan, numbers)
  const [busy, download] = useDownload(scan)
  return (
    <DataTable
      fill
      name="scan-files"
      label={t('tab.files')}
      rows={list.rows}
      columns={columns}
      rowKey={(artifact) => artifact.uid}
      loading={list.loading}
      error={list.error && errorText(list.error)}
      onRetry={list.retry}
      total={list.total}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onMore={list.onMore}
      rowActions={(artifact) => (
        <IconButton size="sm" label={t('files.download', { name: artifactName(scan, numbers.get(artifact.chunk_id) ?? null, artifact.kind) })} disabled={busy} onClick={() => download(artifact, numbers.get(artifact.chunk_id) ?? null)}>
          <Download />
        </IconButton>
      )}
      empty={
        <EmptyState compact icon={<FileText />} title={t('files.none_title')}>
          {alive ? t('files.waiting_text') : t('files.none_text')}
        </EmptyState>
      }
    />
  )
}

function useFileColumns(scan: Scan, numbers: ReadonlyMap<number, number>): Column<Artifact>[] {
  const { t } = useTranslation('discovery')
  const format = useFormat()
  const [busy, download] = useDownload(scan)
  const chunkOf = (artifact: Artifact) => numbers.get(artifact.chunk_id) ?? null
  return [
    {
      id: 'name',
      header: t('files.name'),
      width: 280,
      fixed: true,
      cell: (artifact) => (
        <button type="button" disabled={busy} onClick={() => download(artifact, chunkOf(artifact))} className="mono max-w-full truncate hover:text-accent-text">
          {artifactName(scan, chunkOf(artifact), artifact.kind)}
        </button>
      ),
    },
    { id: 'kind', header: t('files.kind'), width: 230, cell: (artifact) => <span className="text-muted">{t(`files.kinds.${artifact.kind}`)}</span> },
    { id: 'chunk', header: t('files.chunk'), width: 84, align: 'end', cell: (artifact) => chunkOf(artifact) ?? '–' },
    { id: 'size', header: t('files.size'), width: 100, align: 'end', cell: (artifact) => format.bytes(artifact.size) },
    { id: 'complete', header: t('files.state'), width: 140, cell: (artifact) => <StateMark state={artifact.complete ? 'up' : 'degraded'} label={artifact.complete ? t('files.complete') : t('files.incomplete')} /> },
    { id: 'created', header: t('files.created'), width: 132, cell: (artifact) => <Time at={artifact.created_at} /> },
  ]
}
