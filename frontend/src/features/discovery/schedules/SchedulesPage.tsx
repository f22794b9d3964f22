import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { CalendarClock, Pencil, Play, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import { useSiteId } from '@/api/site'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { MenuItem, MenuSeparator } from '@/ui/Menu'
import { Page } from '@/ui/Page'
import { RowMenu } from '@/ui/RowMenu'
import { Switch } from '@/ui/Switch'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { showToast } from '@/ui/toast'
import { ScansNav } from '../coverage/ScansNav'
import { useProfileName } from '../scan-words'
import { schedulesOptions, useChangeRow, useDeleteRow, useRunSchedule, type Schedule } from './queries'
import { ScheduleForm } from './ScheduleForm'
import { useCronText } from './use-cron-text'

type Open = { kind: 'create' } | { kind: 'edit' | 'delete'; schedule: Schedule } | null

/** Scans by the clock. */
export function SchedulesPage() {
  const { t } = useTranslation(['schedules', 'common'])
  const reason = useCan('operator') ? null : t('common:role_reason.operator')
  const [open, setOpen] = useState<Open>(null)
  const list = useQuery(schedulesOptions(useSiteId()))
  const rows = list.data?.items ?? []
  const columns = useColumns(reason)
  const add = (
    <Button variant="primary" icon={<Plus />} disabledReason={reason} onClick={() => setOpen({ kind: 'create' })}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} summary={list.data ? t('summary', { count: rows.filter((row) => row.enabled).length }) : ' '} actions={add}>
      <ScansNav />
      <DataTable
        name="schedules"
        label={t('title')}
        rows={rows}
        columns={columns}
        rowKey={(schedule) => String(schedule.id)}
        loading={list.isPending}
        error={list.error && errorText(list.error)}
        onRetry={() => void list.refetch()}
        {...(reason ? {} : { onOpen: (schedule: Schedule) => setOpen({ kind: 'edit', schedule }) })}
        rowActions={(schedule) => <ScheduleMenu schedule={schedule} reason={reason} onOpen={setOpen} />}
        empty={
          <EmptyState icon={<CalendarClock />} title={t('empty.title')} action={add}>
            {t('empty.text')}
          </EmptyState>
        }
      />
      {open?.kind === 'create' && <ScheduleForm onClose={() => setOpen(null)} />}
      {open?.kind === 'edit' && <ScheduleForm schedule={open.schedule} onClose={() => setOpen(null)} />}
      {open?.kind === 'delete' && <DeleteSchedule schedule={open.schedule} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function ScheduleMenu({ schedule, reason, onOpen }: { schedule: Schedule; reason: string | null; onOpen: (open: Open) => void }) {
  const { t } = useTranslation(['schedules', 'common'])
  const navigate = useNavigate()
  const run = useRunSchedule()
  const start = () => run.mutate(schedule.id, { onSuccess: (scan) => void navigate({ to: paths.scan(scan.id) }), onError: (error) => showToast(errorText(error), { tone: 'down' }) })
  return (
    <RowMenu name={schedule.name}>
      <MenuItem icon={<Play />} disabledReason={reason} onSelect={start}>
        {t('run_now')}
      </MenuItem>
      <MenuItem icon={<Pencil />} disabledReason={reason} onSelect={() => onOpen({ kind: 'edit', schedule })}>
        {t('common:action.edit')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 />} disabledReason={reason} onSelect={() => onOpen({ kind: 'delete', schedule })}>
        {t('common:action.delete')}
      </MenuItem>
    </RowMenu>
  )
}

function DeleteSchedule({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const { t } = useTranslation(['schedules', 'common'])
  const remove = useDeleteRow('scan-schedules')
  return (
    <ConfirmDialog
      open
      danger
      title={t('delete.title', { name: schedule.name })}
      description={t('delete.text')}
      confirmLabel={t('common:action.delete')}
      busy={remove.isPending}
      error={remove.error && errorText(remove.error)}
      onConfirm={() => remove.mutate(schedule.id, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}

function useColumns(reason: string | null): Column<Schedule>[] {
  const { t } = useTranslation('schedules')
  const words = useCronText()
  const profileName = useProfileName()
  const change = useChangeRow('scan-schedules')
  const muted = (text: string) => <span className="text-muted">{text}</span>
  return [
    { id: 'name', header: t('column.name'), width: 200, fixed: true, cell: (schedule) => <span className="font-medium" title={schedule.name}>{schedule.name}</span> },
    { id: 'when', header: t('column.when'), width: 270, cell: (schedule) => <span title={`${schedule.cron} · ${schedule.timezone}`}>{words(schedule.cron)} {muted(schedule.timezone.replaceAll('_', ' '))}</span> },
    { id: 'targets', header: t('column.targets'), width: 170, cell: (schedule) => <span className="mono" title={schedule.targets.join('\n')}>{schedule.targets.join(', ')}</span> },
    { id: 'profile', header: t('column.profile'), width: 100, cell: (schedule) => profileName(schedule.profile) },
    { id: 'next', header: t('column.next'), width: 110, cell: (schedule) => (schedule.enabled && schedule.next_run_at ? <Time at={schedule.next_run_at} /> : muted(t('off'))) },
    { id: 'last', header: t('column.last'), width: 190, cell: (schedule) => <LastRun schedule={schedule} /> },
    {
      id: 'enabled',
      header: t('column.enabled'),
      width: 90,
      cell: (schedule) => (
        <Switch
          label={`${t('form.enabled')}: ${schedule.name}`}
          checked={schedule.enabled}
          disabledReason={reason}
          onChange={(enabled) => change.mutate({ id: schedule.id, body: { enabled } }, { onError: (error) => showToast(errorText(error), { tone: 'down' }) })}
        />
      ),
    },
  ]
}

function LastRun({ schedule }: { schedule: Schedule }) {
  const { t, i18n } = useTranslation('schedules')
  const format = useFormat()
  const skipped = schedule.last_skipped
  const newest = skipped && (!schedule.last_run_at || skipped.at > schedule.last_run_at) ? skipped : null
  const why = newest && (i18n.exists(`schedules:skipped.code.${newest.code}`) ? t(`skipped.code.${newest.code}` as 'skipped.code.missed') : newest.code)
  return (
    <span className="flex min-w-0 items-center gap-2">
      {schedule.last_run_at && schedule.last_scan_id ? (
        <Link to={paths.scan(schedule.last_scan_id)} className="hover:text-accent-text">
          <Time at={schedule.last_run_at} />
        </Link>
      ) : (
        <span className="text-muted">{t('never')}</span>
      )}
      {newest && (
        <Badge tone="degraded" title={t('skipped.title', { when: format.relative(newest.at), why })}>
          {t('skipped.short')}
        </Badge>
      )}
    </span>
  )
}
