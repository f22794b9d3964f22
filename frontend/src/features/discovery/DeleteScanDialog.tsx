import { useTranslation } from 'react-i18next'
import type { Scan } from '@/api/types'
import { useRemoval } from '@/api/use-removal'
import { DeleteDialog } from '@/ui/DeleteDialog'
import { removeScan, scanKeys } from './queries'
import { scanTitle } from './scan-words'

/** A scan goes with its log and files; the devices that it found stay. */
export function DeleteScanDialog({ scan, open, onClose, onDeleted }: { scan: Scan; open: boolean; onClose: () => void; onDeleted?: () => void }) {
  return open ? <OpenDialog scan={scan} onClose={onClose} onDeleted={onDeleted} /> : null
}

function OpenDialog({ scan, onClose, onDeleted }: { scan: Scan; onClose: () => void; onDeleted: (() => void) | undefined }) {
  const { t } = useTranslation(['discovery', 'common'])
  const removal = useRemoval({
    remove: () => removeScan(scan.id),
    stale: [],
    onDone: (client) => {
      // Not all of "scans": the page of this one is still open and would ask for what is gone.
      void client.invalidateQueries({ queryKey: ['scans', 'list'] })
      client.removeQueries({ queryKey: scanKeys.one(scan.id) })
      onClose()
      onDeleted?.()
    },
  })
  return <DeleteDialog title={t('delete_scan.title', { name: scanTitle(scan) })} text={t('delete_scan.text')} label={t('common:action.delete')} removal={removal} onClose={onClose} />
}
