import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { api, unwrap } from '@/api/client'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import { sitesQuery } from '@/api/site'
import type { Site } from '@/api/types'
import { useApiForm } from '@/api/use-api-form'
import { useFieldText } from '@/api/use-field-text'
import { useRemoval } from '@/api/use-removal'
import { useFormat } from '@/i18n/use-format'
import { requiredText, text } from '@/lib/rules'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { DeleteDialog } from '@/ui/DeleteDialog'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { MenuItem, MenuSeparator } from '@/ui/Menu'
import { Page } from '@/ui/Page'
import { RowMenu } from '@/ui/RowMenu'
import { everyNetworkQuery } from './queries'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'

type Open = { kind: 'create' } | { kind: 'edit' | 'delete'; site: Site } | null

const pathOf = (site: Site) => ({ params: { path: { site_id: site.id } } })

/** The places whose networks are kept apart: the same address may exist in two of them. */
export function SitesPage() {
  const { t } = useTranslation(['settings', 'common'])
  const reason = useCan('admin') ? null : t('common:role_reason.admin')
  const [open, setOpen] = useState<Open>(null)
  const { data, error, isPending, refetch } = useQuery(sitesQuery)
  const close = () => setOpen(null)
  const add = (
    <Button variant="primary" icon={<Plus />} disabledReason={reason} onClick={() => setOpen({ kind: 'create' })}>
      {t('sites.add')}
    </Button>
  )
  return (
    <Page title={t('sites.title')} summary={t('sites.summary')} actions={add}>
      <DataTable
        label={t('sites.title')}
        name="sites"
        rows={data?.items ?? []}
        total={data?.total}
        loading={isPending}
        error={error && errorText(error)}
        onRetry={() => void refetch()}
        columns={useColumns()}
        rowKey={(site) => String(site.id)}
        {...(reason ? {} : { onOpen: (site: Site) => setOpen({ kind: 'edit', site }) })}
        rowActions={(site) => (
          <RowMenu name={site.name}>
            <MenuItem icon={<Pencil />} disabledReason={reason} onSelect={() => setOpen({ kind: 'edit', site })}>
              {t('common:action.edit')}
            </MenuItem>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 />} disabledReason={reason ?? (site.is_default ? t('sites.default_stays') : null)} onSelect={() => setOpen({ kind: 'delete', site })}>
              {t('common:action.delete')}
            </MenuItem>
          </RowMenu>
        )}
      />
      {open?.kind === 'create' && <SiteForm onClose={close} />}
      {open?.kind === 'edit' && <SiteForm site={open.site} onClose={close} />}
      {open?.kind === 'delete' && <DeleteSite site={open.site} onClose={close} />}
    </Page>
  )
}

function useColumns(): Column<Site>[] {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const networks = useQuery(everyNetworkQuery).data?.items
  return [
    {
      id: 'name',
      header: t('sites.name'),
      width: 240,
      fixed: true,
      cell: (site) => (
        <span className="inline-flex items-center gap-2">
          <span className="font-medium">{site.name}</span>
          {site.is_default && <Badge>{t('sites.default')}</Badge>}
        </span>
      ),
    },
    { id: 'networks', header: t('networks.title'), width: 100, align: 'end', cell: (site) => networks && format.number(networks.filter((network) => network.site_id === site.id).length) },
    { id: 'devices', header: t('networks.devices'), width: 100, align: 'end', cell: (site) => networks && format.number(networks.filter((network) => network.site_id === site.id).reduce((sum, network) => sum + network.device_count, 0)) },
    { id: 'description', header: t('networks.description'), width: 280, cell: (site) => site.description },
    { id: 'created_at', header: t('users.created'), width: 140, cell: (site) => <Time at={site.created_at} /> },
  ]
}

const schema = z.object({ name: requiredText(100), description: text(500) })

function SiteForm({ site, onClose }: { site?: Site; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const fieldText = useFieldText()
  const { form, errorOf, busy, error, submit } = useApiForm({
    schema,
    defaults: { name: site?.name ?? '', description: site?.description ?? '' },
    send: (body) => (site ? unwrap(api.PATCH('/api/v1/sites/{site_id}', { ...pathOf(site), body })) : unwrap(api.POST('/api/v1/sites', { body }))),
    onDone: onClose,
    stale: ['sites'],
  })
  return (
    <FormDialog
      title={site ? t('sites.edit_title', { name: site.name }) : t('sites.add')}
      submitLabel={site ? t('common:action.save') : t('sites.add')}
      onSubmit={(event) => void submit(event)}
      onClose={onClose}
      busy={busy}
      error={error}
    >
      <Field label={t('sites.name')} error={fieldText(errorOf('name'))}>
        <Input {...form.register('name')} />
      </Field>
      <Field label={t('networks.description')} optional error={fieldText(errorOf('description'))}>
        <Input {...form.register('description')} />
      </Field>
    </FormDialog>
  )
}

function DeleteSite({ site, onClose }: { site: Site; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const removal = useRemoval({ remove: () => unwrap(api.DELETE('/api/v1/sites/{site_id}', pathOf(site))), stale: ['sites'], onDone: onClose })
  return <DeleteDialog title={t('sites.delete_title', { name: site.name })} text={t('sites.delete_text')} label={t('sites.delete')} typed={site.name} removal={removal} onClose={onClose} />
}
