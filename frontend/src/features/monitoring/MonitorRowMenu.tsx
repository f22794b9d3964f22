import { useNavigate } from '@tanstack/react-router'
import { Pause, Pencil, Play, Trash2, Zap } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/session'
import type { Monitor } from '@/api/types'
import { paths } from '@/lib/paths'
import { MenuItem, MenuSeparator } from '@/ui/Menu'
import { RowMenu } from '@/ui/RowMenu'
import { DeleteMonitorDialog } from './DeleteMonitorDialog'
import { MonitorForm } from './MonitorForm'
import { useBulkChange } from './queries'

/** What can be done with one monitor. */
export function MonitorRowMenu({ monitor, onGone }: { monitor: Monitor; onGone: (ids: readonly number[]) => void }) {
  const { t } = useTranslation('monitoring')
  const { t: c } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const bulk = useBulkChange()
  const reason = !useCan('operator') && c('role_reason.operator')
  const close = () => setOpen(null)
  return (
    <>
      <RowMenu name={monitor.name}>
        <MenuItem icon={<Zap />} disabledReason={reason} onSelect={() => void navigate({ to: paths.monitor(monitor.id), search: { test: true } as never })}>
          {t('test.now')}
        </MenuItem>
        <MenuItem icon={monitor.enabled ? <Pause /> : <Play />} disabledReason={reason} onSelect={() => bulk.mutate({ ids: [monitor.id], change: { enabled: !monitor.enabled } })}>
          {t(monitor.enabled ? 'pause' : 'resume')}
        </MenuItem>
        <MenuItem icon={<Pencil />} disabledReason={reason} onSelect={() => setOpen('edit')}>
          {c('action.edit')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 />} disabledReason={reason} onSelect={() => setOpen('delete')}>
          {c('action.delete')}
        </MenuItem>
      </RowMenu>
      {open === 'edit' && <MonitorForm monitor={monitor} onClose={close} onSaved={close} />}
      {open === 'delete' && <DeleteMonitorDialog monitor={monitor} onClose={close} onDeleted={() => onGone([monitor.id])} />}
    </>
  )
}
