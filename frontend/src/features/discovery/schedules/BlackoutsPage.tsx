import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { MoonStar, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText, fieldErrorText, fieldName, formErrorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import { useCan } from '@/api/session'
import { useSiteId } from '@/api/site'
import { useFormat } from '@/i18n/use-format'
import { ownZone, parseCron } from '@/lib/cron'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { LineTextarea } from '@/ui/LineTextarea'
import { MenuItem, MenuSeparator } from '@/ui/Menu'
import { Page } from '@/ui/Page'
import { RowMenu } from '@/ui/RowMenu'
import { StateMark } from '@/ui/StateMark'
import { Switch } from '@/ui/Switch'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { showToast } from '@/ui/toast'
import { ScansNav } from '../coverage/ScansNav'
import { CronField, simpleOf } from './CronField'
import { blackoutsOptions, saveRow, useChangeRow, useDeleteRow, type Blackout, type BlackoutBody } from './queries'
import { useCronText } from './use-cron-text'

type Open = { kind: 'create' } | { kind: 'edit' | 'delete'; window: Blackout } | null

/** Times in which networks are left alone. */
export function BlackoutsPage() {
  const { t } = useTranslation(['schedules', 'common'])
  const reason = useCan('operator') ? null : t('common:role_reason.operator')
  const [open, setOpen] = useState<Open>(null)
  const list = useQuery(blackoutsOptions(useSiteId()))
  const rows = list.data?.items ?? []
  const active = rows.filter((row) => row.active_now).length
  const columns = useColumns(reason)
  const close = () => setOpen(null)
  const add = (
    <Button variant="primary" icon={<Plus />} disabledReason={reason} onClick={() => setOpen({ kind: 'create' })}>
      {t('blackout.add')}
    </Button>
  )
  return (
    <Page title={t('blackout.title')} summary={list.data ? (active > 0 ? t('blackout.summary_open', { count: active }) : t('blackout.summary_none')) : ' '} actions={add}>
      <ScansNav />
      <DataTable
        name="blackouts"
        label={t('blackout.title')}
        rows={rows}
        columns={columns}
        rowKey={(window) => String(window.id)}
        loading={list.isPending}
        error={list.error && errorText(list.error)}
        onRetry={() => void list.refetch()}
        {...(reason ? {} : { onOpen: (window: Blackout) => setOpen({ kind: 'edit', window }) })}
        rowActions={(window) => (
          <RowMenu name={window.name}>
            <MenuItem icon={<Pencil />} disabledReason={reason} onSelect={() => setOpen({ kind: 'edit', window })}>
              {t('common:action.edit')}
            </MenuItem>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 />} disabledReason={reason} onSelect={() => setOpen({ kind: 'delete', window })}>
              {t('common:action.delete')}
            </MenuItem>
          </RowMenu>
        )}
        empty={
          <EmptyState icon={<MoonStar />} title={t('blackout.empty.title')} action={add}>
            {t('blackout.empty.text')}
          </EmptyState>
        }
      />
      {open?.kind === 'create' && <BlackoutForm onClose={close} />}
      {open?.kind === 'edit' && <BlackoutForm window={open.window} onClose={close} />}
      {open?.kind === 'delete' && <DeleteBlackout window={open.window} onClose={close} />}
    </Page>
  )
}

function DeleteBlackout({ window, onClose }: { window: Blackout; onClose: () => void }) {
  const { t } = useTranslation(['schedules', 'common'])
  const remove = useDeleteRow('blackout-windows')
  return (
    <ConfirmDialog
      open
      danger
      title={t('blackout.delete.title', { name: window.name })}
      description={t('blackout.delete.text')}
      confirmLabel={t('common:action.delete')}
      busy={remove.isPending}
      error={remove.error && errorText(remove.error)}
      onConfirm={() => remove.mutate(window.id, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}

function useColumns(reason: string | null): Column<Blackout>[] {
  const { t } = useTranslation('schedules')
  const format = useFormat()
  const words = useCronText()
  const change = useChangeRow('blackout-windows')
  const muted = (text: string) => <span className="text-muted">{text}</span>
  return [
    { id: 'name', header: t('column.name'), width: 200, fixed: true, cell: (window) => <span className="font-medium" title={window.name}>{window.name}</span> },
    { id: 'state', header: t('column.state'), width: 130, cell: (window) => <StateMark state={window.active_now ? 'maintenance' : 'unknown'} label={t(window.active_now ? 'blackout.open' : 'blackout.closed')} /> },
    { id: 'when', header: t('column.when'), width: 290, cell: (window) => <span title={`${window.cron} · ${window.timezone}`}>{words(window.cron)} {muted(window.timezone.replaceAll('_', ' '))}</span> },
    { id: 'length', header: t('column.length'), width: 110, cell: (window) => format.duration(window.duration_min * 60) },
    { id: 'networks', header: t('column.networks'), width: 200, cell: (window) => (window.networks.length > 0 ? <span className="mono" title={window.networks.join('\n')}>{window.networks.join(', ')}</span> : muted(t('blackout.all_networks'))) },
    { id: 'next', header: t('column.next'), width: 110, cell: (window) => (window.enabled && window.next_start_at ? <Time at={window.next_start_at} /> : muted(t('off'))) },
    {
      id: 'enabled',
      header: t('column.enabled'),
      width: 90,
      cell: (window) => (
        <Switch
          label={`${t('form.enabled')}: ${window.name}`}
          checked={window.enabled}
          disabledReason={reason}
          onChange={(enabled) => change.mutate({ id: window.id, body: { enabled } }, { onError: (error) => showToast(errorText(error), { tone: 'down' }) })}
        />
      ),
    },
  ]
}

const FIELDS = ['name', 'networks', 'cron', 'timezone', 'duration_min']

function BlackoutForm({ window, onClose }: { window?: Blackout; onClose: () => void }) {
  const { t } = useTranslation(['schedules', 'common'])
  const client = useQueryClient()
  const siteId = useSiteId()
  const [form, setForm] = useState({
    name: window?.name ?? '',
    networks: window?.networks.join('\n') ?? '',
    minutes: String(window?.duration_min ?? 60),
    cron: window?.cron ?? '0 8 * * 1-5',
    zone: window?.timezone ?? ownZone(),
    custom: window ? simpleOf(window.cron).how === 'custom' : false,
  })
  const [asked, setAsked] = useState(false)
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }))
  const save = useMutation({
    mutationFn: () => {
      const networks = form.networks.split(/[\n,]+/).map((line) => line.trim()).filter(Boolean)
      const body: BlackoutBody = { name: form.name.trim(), networks, duration_min: Number(form.minutes), cron: form.cron.trim(), timezone: form.zone }
      return saveRow<Blackout>('blackout-windows', window?.id, window || siteId === undefined ? body : { ...body, site_id: siteId })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['blackout-windows'] })
      onClose()
    },
  })
  const refused = save.error instanceof ApiError ? save.error.errors : []
  const errorAt = (name: string) => {
    const problem = refused.find((item) => fieldName(item.field) === name || fieldName(item.field).startsWith(`${name}.`))
    return problem && fieldErrorText(problem)
  }
  const unnamed = form.name.trim() === ''
  const submit = () => {
    setAsked(true)
    if (!unnamed && parseCron(form.cron)) save.mutate()
  }
  return (
    <FormDialog
      size="md"
      title={t(window ? 'blackout.edit' : 'blackout.add')}
      submitLabel={window ? t('common:action.save') : t('blackout.add')}
      busy={save.isPending}
      error={formErrorText(save.error, FIELDS)}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="grid gap-4 sm:grid-cols-[1fr_10rem]">
        <Field label={t('form.name')} error={errorAt('name') ?? (asked && unnamed ? t('form.needs_name') : undefined)}>
          <Input value={form.name} maxLength={120} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Field label={t('form.length')} error={errorAt('duration_min')}>
          <Input type="number" inputMode="numeric" min={1} value={form.minutes} onChange={(event) => set({ minutes: event.target.value })} />
        </Field>
      </div>
      <Field label={t('form.networks')} optional hint={t('form.networks_hint')} error={errorAt('networks')}>
        <LineTextarea rows={2} value={form.networks} onChange={(event) => set({ networks: event.target.value })} />
      </Field>
      <CronField cron={form.cron} zone={form.zone} custom={form.custom} error={errorAt('cron')} zoneError={errorAt('timezone')} onChange={set} />
    </FormDialog>
  )
}
