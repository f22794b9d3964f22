import { useNavigate } from '@tanstack/react-router'
import { Activity, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan } from '@/api/session'
import type { Device } from '@/api/types'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { useLiveRows, useMonitorFeed } from '../live'
import { MonitorCard, useMonitorColumns } from '../monitor-columns'
import { MonitorBulk } from '../MonitorBulk'
import { MonitorForm } from '../MonitorForm'
import { MonitorRowMenu } from '../MonitorRowMenu'
import { monitorListOptions } from '../queries'
import { useSparklines } from '../sparklines'

/** What watches this device, and the way to watch more of it. */
export function MonitorsTab({ device }: { device: Device }) {
  const { t } = useTranslation(['monitoring', 'shell', 'common'])
  const navigate = useNavigate()
  const [adding, setAdding] = useState(false)
  useMonitorFeed()
  const list = useList(monitorListOptions({ device_id: device.id }))
  const rows = useLiveRows(list.rows)
  const lines = useSparklines(useMemo(() => list.rows.map((row) => row.id), [list.rows]))
  const columns = useMonitorColumns(lines).filter((column) => column.id !== 'target')
  const add = (
    <Button size="sm" icon={<Plus />} disabledReason={!useCan('operator') && t('common:role_reason.operator')} onClick={() => setAdding(true)}>
      {t('monitoring:add')}
    </Button>
  )
  return (
    <>
      <DataTable
        name="device-monitors"
        label={t('shell:nav.monitors')}
        rows={rows}
        columns={columns}
        rowKey={(monitor) => String(monitor.id)}
        loading={list.loading}
        error={list.error && errorText(list.error)}
        onRetry={list.retry}
        total={list.total}
        onOpen={(monitor) => void navigate({ to: paths.monitor(monitor.id) })}
        bulkActions={(monitors, clear) => <MonitorBulk monitors={monitors} onDone={clear} onGone={clear} />}
        rowActions={(monitor) => <MonitorRowMenu monitor={monitor} onGone={() => undefined} />}
        card={(monitor) => <MonitorCard monitor={monitor} line={lines.get(monitor.id)} />}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        onMore={list.onMore}
        toolbar={add}
        empty={
          <EmptyState compact icon={<Activity />} title={t('monitoring:device.none')} action={add}>
            {t('monitoring:device.none_text')}
          </EmptyState>
        }
      />
      {adding && <MonitorForm device={{ id: device.id, name: device.name, address: device.primary_address }} onClose={() => setAdding(false)} onSaved={() => setAdding(false)} />}
    </>
  )
}
