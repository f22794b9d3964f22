import { useNavigate } from '@tanstack/react-router'
import { EllipsisVertical, Play, Repeat2, Square, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import type { Scan } from '@/api/types'
import { paths } from '@/lib/paths'
import { IconButton } from '@/ui/IconButton'
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu'
import { showToast } from '@/ui/toast'
import { DeleteScanDialog } from './DeleteScanDialog'
import { useResumeScan, useStopScan } from './queries'

/** What can be done with a scan from the list. */
export function ScanRowMenu({ scan }: { scan: Scan }) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const navigate = useNavigate()
  const allowed = useCan('operator')
  const stop = useStopScan()
  const resume = useResumeScan()
  const [deleting, setDeleting] = useState(false)
  const reason = (can: boolean, why: string) => (allowed ? !can && why : c('role_reason.operator'))
  const failed = { onError: (error: unknown) => showToast(errorText(error), { tone: 'down' }) } as const
  return (
    <>
      <Menu
        trigger={
          <IconButton size="sm" label={c('action.more')}>
            <EllipsisVertical />
          </IconButton>
        }
      >
        <MenuItem icon={<Square />} disabledReason={reason(scan.can.stop, t('reason.not_running'))} onSelect={() => stop.mutate(scan.id, failed)}>
          {t('action.stop')}
        </MenuItem>
        <MenuItem icon={<Play />} disabledReason={reason(scan.can.resume, t('reason.nothing_left'))} onSelect={() => resume.mutate(scan.id, failed)}>
          {t('action.resume')}
        </MenuItem>
        <MenuItem icon={<Repeat2 />} disabledReason={reason(true, '')} onSelect={() => void navigate({ to: paths.newScan, search: { from: scan.id } as never })}>
          {t('action.again')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 />} disabledReason={reason(scan.can.delete, t('reason.still_running'))} onSelect={() => setDeleting(true)}>
          {c('action.delete')}
        </MenuItem>
      </Menu>
      <DeleteScanDialog scan={scan} open={deleting} onClose={() => setDeleting(false)} />
    </>
  )
}
