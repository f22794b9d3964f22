import { useNavigate } from '@tanstack/react-router'
import { Download, EllipsisVertical, FileCode, FileJson, FileSpreadsheet, Pause, Play, Repeat2, Square, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import type { Scan } from '@/api/types'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/ui/Menu'
import { Notice } from '@/ui/Notice'
import { showToast } from '@/ui/toast'
import { DeleteScanDialog } from '../DeleteScanDialog'
import { ALIVE } from '../scan-words'
import { EXPORTS, exportScan, useScanAction } from './queries'

const ICONS = { xml: <FileCode />, json: <FileJson />, csv: <FileSpreadsheet /> }

/** What can be done with the scan now; the server says so in `can`. */
export function ScanActions({ scan }: { scan: Scan }) {
  const { t } = useTranslation(['discovery', 'cockpit', 'common'])
  const navigate = useNavigate()
  const allowed = useCan('operator')
  const [pause, resume, stop] = [useScanAction('pause'), useScanAction('resume'), useScanAction('stop')]
  const [deleting, setDeleting] = useState(false)
  const reason = (can: boolean, why: string) => (allowed ? !can && why : t('common:role_reason.operator'))
  const error = pause.error ?? resume.error ?? stop.error
  const again = () => void navigate({ to: paths.newScan, search: { from: scan.id } as never })
  const moving = scan.status === 'stopping' || scan.status === 'pausing'
  return (
    <>
      {scan.can.resume && (
        <Button variant="primary" icon={<Play />} busy={resume.isPending} disabledReason={reason(true, '')} onClick={() => resume.mutate(scan.id)}>
          {t('action.resume')}
        </Button>
      )}
      {(scan.can.pause || scan.status === 'pausing') && (
        <Button icon={<Pause />} busy={pause.isPending || scan.status === 'pausing'} disabledReason={reason(scan.can.pause, t('cockpit:reason.pausing'))} onClick={() => pause.mutate(scan.id)}>
          {t('cockpit:action.pause')}
        </Button>
      )}
      {(ALIVE.has(scan.status) || scan.can.stop) && (
        <Button icon={<Square />} busy={stop.isPending || scan.status === 'stopping'} disabledReason={reason(scan.can.stop, t('reason.stopping'))} onClick={() => stop.mutate(scan.id)}>
          {t('action.stop')}
        </Button>
      )}
      {!ALIVE.has(scan.status) && !moving && !scan.can.resume && (
        <Button icon={<Repeat2 />} disabledReason={reason(true, '')} onClick={again}>
          {t('action.again')}
        </Button>
      )}
      <Menu
        trigger={
          <IconButton label={t('common:action.more')}>
            <EllipsisVertical />
          </IconButton>
        }
      >
        <MenuItem icon={<Repeat2 />} disabledReason={reason(true, '')} onSelect={again}>
          {t('action.again')}
        </MenuItem>
        <MenuSeparator />
        <MenuLabel>{t('cockpit:action.export')}</MenuLabel>
        <ExportItems scan={scan} />
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 />} disabledReason={reason(scan.can.delete, t('reason.still_running'))} onSelect={() => setDeleting(true)}>
          {t('common:action.delete')}
        </MenuItem>
      </Menu>
      <DeleteScanDialog scan={scan} open={deleting} onClose={() => setDeleting(false)} onDeleted={() => void navigate({ to: paths.scans })} />
      {error && (
        <Notice tone="down" className="w-full">
          {errorText(error)}
        </Notice>
      )}
    </>
  )
}

function ExportItems({ scan }: { scan: Scan }) {
  const { t } = useTranslation('cockpit')
  return EXPORTS.map((format) => (
    <MenuItem key={format} icon={ICONS[format] ?? <Download />} onSelect={() => void exportScan(scan, format).catch((error: unknown) => showToast(errorText(error), { tone: 'down' }))}>
      {t(`action.export_${format}`)}
    </MenuItem>
  ))
}
