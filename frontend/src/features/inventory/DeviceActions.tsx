import { useNavigate } from '@tanstack/react-router'
import { EllipsisVertical, Merge, Radar, Split, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import type { Device } from '@/api/types'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Menu, MenuItem } from '@/ui/Menu'
import { Notice } from '@/ui/Notice'
import { MonitorThis } from '@/features/monitoring/suggestions/MonitorThis'
import { DeleteDeviceDialog } from './DeleteDeviceDialog'
import { MergeDialog } from './inbox/MergeDialog'
import { SplitDialog } from './inbox/SplitDialog'
import { useDeeds } from './inbox/use-deeds'
import { useRescanDevice } from './queries'

/** Scan now, and delete. */
export function DeviceActions({ device, onDeleted, compact }: { device: Device; onDeleted: () => void; compact?: boolean }) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  const navigate = useNavigate()
  const allowed = useCan('operator')
  const scan = useRescanDevice()
  const [deleting, setDeleting] = useState(false)
  const { t: i } = useTranslation('inbox')
  const [asked, setAsked] = useState<'merge' | 'split' | null>(null)
  const deeds = useDeeds()
  const address = device.primary_address
  const size = compact ? 'sm' : 'md'
  const scanReason = !allowed ? c('role_reason.operator') : !address && t('reason.no_address')
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size={size} variant={compact ? 'secondary' : 'primary'} icon={<Radar />} busy={scan.isPending} disabledReason={scanReason} onClick={() => scan.mutate(device.id, { onSuccess: (started) => void navigate({ to: paths.scan(started.id) }) })}>
        {c('address.scan_now')}
      </Button>
      <MonitorThis size={size} devices={[device]} />
      <Menu
        label={c('action.more')}
        trigger={
          <IconButton size={size} label={c('action.more')}>
            <EllipsisVertical />
          </IconButton>
        }
      >
        <MenuItem icon={<Merge />} disabledReason={!allowed && c('role_reason.operator')} onSelect={() => setAsked('merge')}>
          {i('merge')}
        </MenuItem>
        <MenuItem icon={<Split />} disabledReason={!allowed && c('role_reason.operator')} onSelect={() => setAsked('split')}>
          {i('split.button')}
        </MenuItem>
        <MenuItem danger icon={<Trash2 />} disabledReason={!allowed && c('role_reason.operator')} onSelect={() => setDeleting(true)}>
          {c('action.delete')}
        </MenuItem>
      </Menu>
      {scan.error && (
        <Notice tone="down" className="w-full">
          {errorText(scan.error)}
        </Notice>
      )}
      {asked === 'split' && <SplitDialog device={device} onClose={() => setAsked(null)} />}
      {asked === 'merge' && (
        <MergeDialog
          devices={[device]}
          suggestions={[]}
          onClose={() => setAsked(null)}
          onDone={(action) => {
            deeds.done(action)
            setAsked(null)
            if (action.into_id) void navigate({ to: paths.device(action.into_id) })
          }}
        />
      )}
      {deleting && <DeleteDeviceDialog device={device} onClose={() => setDeleting(false)} onDeleted={onDeleted} />}
    </div>
  )
}
