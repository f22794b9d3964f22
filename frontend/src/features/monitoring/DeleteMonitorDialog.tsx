import { useTranslation } from 'react-i18next'
import { useRemoval } from '@/api/use-removal'
import type { Monitor } from '@/api/types'
import { DeleteDialog } from '@/ui/DeleteDialog'
import { removeMonitor } from './queries'

/** A monitor goes with everything that it measured. */
export function DeleteMonitorDialog({ monitor, onClose, onDeleted }: { monitor: Monitor; onClose: () => void; onDeleted: () => void }) {
  const { t } = useTranslation('monitoring')
  const { t: c } = useTranslation()
  const removal = useRemoval({
    remove: () => removeMonitor(monitor.id),
    stale: ['monitors'],
    onDone: () => {
      onDeleted()
      onClose()
    },
  })
  return <DeleteDialog title={t('delete.title', { name: monitor.name })} text={t('delete.text')} label={c('action.delete')} removal={removal} onClose={onClose} />
}
