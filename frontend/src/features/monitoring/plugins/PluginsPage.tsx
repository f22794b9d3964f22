import { Blocks, Copy, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan } from '@/api/session'
import type { MonitoringPlugin } from '@/api/types'
import { useRemoval } from '@/api/use-removal'
import { asText, useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { DeleteDialog } from '@/ui/DeleteDialog'
import { EmptyState } from '@/ui/EmptyState'
import { MenuItem, MenuSeparator } from '@/ui/Menu'
import { Page } from '@/ui/Page'
import { RowMenu } from '@/ui/RowMenu'
import { usePluginName } from '../words'
import { usePluginColumns } from './plugin-columns'
import { PluginForm } from './PluginForm'
import { pluginListOptions, removePlugin } from './queries'

type Open = { kind: 'create'; like?: MonitoringPlugin } | { kind: 'edit' | 'delete'; plugin: MonitoringPlugin } | null

/** Collectors with the options that monitors use them with, each under a name. */
export function PluginsPage() {
  const { t } = useTranslation(['plugins', 'common', 'monitoring'])
  const reason = useCan('admin') ? null : t('common:role_reason.admin')
  const [open, setOpen] = useState<Open>(null)
  const [search, setSearch] = useSearchState()
  const sort = asText(search['sort']) ?? 'name'
  const list = useList(pluginListOptions(sort))
  const columns = usePluginColumns()
  const close = () => setOpen(null)
  const add = (
    <Button variant="primary" icon={<Plus />} disabledReason={reason} onClick={() => setOpen({ kind: 'create' })}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} summary={t('summary')} actions={add}>
      <DataTable
        label={t('title')}
        name="plugins"
        {...list}
        error={list.error && errorText(list.error)}
        onRetry={list.retry}
        columns={columns}
        sort={sort}
        onSort={(next) => setSearch({ sort: next })}
        rowKey={(plugin) => String(plugin.id)}
        {...(reason ? {} : { onOpen: (plugin: MonitoringPlugin) => setOpen({ kind: 'edit', plugin }) })}
        empty={<EmptyState icon={<Blocks />} title={t('empty.title')} action={add}>{t('empty.text')}</EmptyState>}
        rowActions={(plugin) => <PluginMenu plugin={plugin} reason={reason} onOpen={setOpen} />}
      />
      {open?.kind === 'create' && <PluginForm {...(open.like ? { like: open.like } : {})} onClose={close} />}
      {open?.kind === 'edit' && <PluginForm plugin={open.plugin} onClose={close} />}
      {open?.kind === 'delete' && <DeletePlugin plugin={open.plugin} onClose={close} />}
    </Page>
  )
}

function PluginMenu({ plugin, reason, onOpen }: { plugin: MonitoringPlugin; reason: string | null; onOpen: (open: Open) => void }) {
  const { t } = useTranslation(['plugins', 'common'])
  const name = usePluginName()(plugin)
  return (
    <RowMenu name={name}>
      <MenuItem icon={<Pencil />} disabledReason={reason} onSelect={() => onOpen({ kind: 'edit', plugin })}>
        {t('common:action.edit')}
      </MenuItem>
      <MenuItem icon={<Copy />} disabledReason={reason} onSelect={() => onOpen({ kind: 'create', like: plugin })}>
        {t('copy')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 />} disabledReason={reason ?? (plugin.built_in && t('built_in_stays'))} onSelect={() => onOpen({ kind: 'delete', plugin })}>
        {t('common:action.delete')}
      </MenuItem>
    </RowMenu>
  )
}

function DeletePlugin({ plugin, onClose }: { plugin: MonitoringPlugin; onClose: () => void }) {
  const { t } = useTranslation(['plugins', 'common'])
  const removal = useRemoval({ remove: () => removePlugin(plugin.id), stale: ['plugins'], onDone: onClose })
  return <DeleteDialog title={t('delete.title', { name: plugin.name })} text={t('delete.text')} label={t('common:action.delete')} removal={removal} onClose={onClose} />
}
