import { useTranslation } from 'react-i18next'
import { errorText, fieldErrorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import type { Device } from '@/api/types'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { useDeleteDevice } from './queries'

/** Deleting a device says what stands in the way, kind by kind, when something does. */
export function DeleteDeviceDialog({ device, open, onClose, onDeleted }: { device: Device; open: boolean; onClose: () => void; onDeleted: () => void }) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  const remove = useDeleteDevice()
  const blockers = remove.error instanceof ApiError ? remove.error.errors : []
  const confirm = () =>
    remove.mutate(device.id, {
      onSuccess: () => {
        onClose()
        onDeleted()
      },
    })
  return (
    <ConfirmDialog
      open={open}
      danger
      title={t('delete.title', { name: device.name })}
      description={t('delete.text')}
      confirmLabel={c('action.delete')}
      busy={remove.isPending}
      error={remove.error && errorText(remove.error)}
      onConfirm={confirm}
      onClose={onClose}
    >
      {blockers.length > 0 && (
        <ul className="list-disc pl-5 text-sm text-muted">
          {blockers.map((problem) => (
            <li key={problem.field}>{fieldErrorText(problem)}</li>
          ))}
        </ul>
      )}
    </ConfirmDialog>
  )
}
