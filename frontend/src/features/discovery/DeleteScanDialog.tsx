import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { Scan } from '@/api/types'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { useDeleteScan } from './queries'
import { scanTitle } from './scan-words'

/** A scan goes with its log and files; the devices that it found stay. */
export function DeleteScanDialog({ scan, open, onClose, onDeleted }: { scan: Scan; open: boolean; onClose: () => void; onDeleted?: () => void }) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const remove = useDeleteScan()
  const confirm = () =>
    remove.mutate(scan.id, {
      onSuccess: () => {
        onClose()
        onDeleted?.()
      },
    })
  return (
    <ConfirmDialog
      open={open}
      danger
      title={t('delete_scan.title', { name: scanTitle(scan) })}
      description={t('delete_scan.text')}
      confirmLabel={c('action.delete')}
      busy={remove.isPending}
      error={remove.error && errorText(remove.error)}
      onConfirm={confirm}
      onClose={onClose}
    />
  )
}
