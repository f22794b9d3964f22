import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { Artifact, Chunk, Scan } from '@/api/types'
import { cx } from '@/lib/cx'
import { showToast } from '@/ui/toast'
import { downloadArtifact } from './queries'

/** The name under which an artefact is saved: which scan, which chunk, which kind. */
export const artifactName = (scan: Scan, chunk: number | null, kind: Artifact['kind']): string => `lanarium-scan-${scan.id}${chunk === null ? '' : `-chunk-${chunk}`}.${kind}`

export function useDownload(scan: Scan): [boolean, (artifact: Artifact, chunk: number | null) => void] {
  const [busy, setBusy] = useState(false)
  const download = (artifact: Artifact, chunk: number | null) => {
    setBusy(true)
    downloadArtifact(artifact, artifactName(scan, chunk, artifact.kind))
      .catch((error: unknown) => showToast(errorText(error), { tone: 'down' }))
      .finally(() => setBusy(false))
  }
  return [busy, download]
}

/** The files of one chunk, as small buttons. */
export function ArtifactLinks({ scan, chunk }: { scan: Scan; chunk: Chunk }) {
  const { t } = useTranslation('discovery')
  const [busy, download] = useDownload(scan)
  if (chunk.artifacts.length === 0) return <span className="text-muted">–</span>
  return (
    <span className="flex gap-1">
      {chunk.artifacts.map((artifact) => (
        <button
          key={artifact.uid}
          type="button"
          disabled={busy}
          onClick={() => download(artifact, chunk.number)}
          aria-label={t('files.download', { name: artifactName(scan, chunk.number, artifact.kind) })}
          title={artifact.complete ? t('files.complete') : t('files.incomplete')}
          className={cx('mono inline-flex items-center gap-1 rounded-sm border px-1 hover:border-line-strong hover:text-accent-text', artifact.complete ? 'text-muted' : 'border-dashed text-degraded')}
        >
          {artifact.kind}
          <Download aria-hidden className="size-3" />
        </button>
      ))}
    </span>
  )
}
