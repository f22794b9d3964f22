import { useTranslation } from 'react-i18next'
import type { Device } from '@/api/types'
import { useRemoval } from '@/api/use-removal'
import { DeleteDialog } from '@/ui/DeleteDialog'
import { removeDevice } from './queries'

export function DeleteDeviceDialog({ device, onClose, onDeleted }: { device: Device; onClose: () => void; onDeleted: () => void }) {
  const { t } = useTranslation(['inventory', 'common'])
  const removal = useRemoval({ remove: () => removeDevice(device.id), stale: ['devices', 'tags', 'overview'], onDone: onDeleted })
  return <DeleteDialog title={t('delete.title', { name: device.name })} text={t('delete.text')} label={t('common:action.delete')} removal={removal} onClose={onClose} />
}
