import { RotateCcw, Split } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import type { Chunk, Scan } from '@/api/types'
import { IconButton } from '@/ui/IconButton'
import { showToast } from '@/ui/toast'
import { ALIVE } from '../scan-words'
import { useChunkAction } from './queries'

const UNFINISHED: ReadonlySet<string> = new Set(['partial', 'failed', 'stopped', 'parked'])

/** Retry and split, at a chunk that did not come to its end. */
export function ChunkActions({ scan, chunk }: { scan: Scan; chunk: Chunk }) {
  const { t } = useTranslation('cockpit')
  const { t: c } = useTranslation()
  const retry = useChunkAction(scan.id, 'retry')
  const split = useChunkAction(scan.id, 'split')
  const allowed = useCan('operator')
  if (!UNFINISHED.has(chunk.status)) return null
  const reason = !allowed ? c('role_reason.operator') : !scan.can.retry_chunks && ALIVE.has(scan.status) && t('reason.at_rest_only')
  const failed = { onError: (error: unknown) => showToast(errorText(error), { tone: 'down' as const }) }
  return (
    <span className="inline-flex">
      <IconButton size="sm" label={t('action.retry')} disabledReason={reason} disabled={retry.isPending} onClick={() => retry.mutate([chunk.number], failed)}>
        <RotateCcw />
      </IconButton>
      <IconButton size="sm" label={t('action.split')} disabledReason={reason || (chunk.target_count < 2 && t('reason.one_target'))} disabled={split.isPending} onClick={() => split.mutate([chunk.number], failed)}>
        <Split />
      </IconButton>
    </span>
  )
}
