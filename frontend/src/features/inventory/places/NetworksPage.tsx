import { Network as NetworkIcon, Pencil, Plus, Radar, Search, Trash2 } from 'lucide-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan } from '@/api/session'
import { useSiteId } from '@/api/site'
import type { Network } from '@/api/types'
import { useRemoval } from '@/api/use-removal'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { asText, useSearchState } from '@/lib/use-search-state'
import { AddressChip } from '@/ui/AddressChip'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { DeleteDialog } from '@/ui/DeleteDialog'
import { EmptyState } from '@/ui/EmptyState'
import { TextLink } from '@/ui/LinkButton'
import { MenuItem, MenuSeparator } from '@/ui/Menu'
import { Page } from '@/ui/Page'
import { RowMenu } from '@/ui/RowMenu'
import { Switch } from '@/ui/Switch'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { AllowDialog } from './AllowDialog'
import { NetworkForm } from './NetworkForm'
import { ProposalsDialog } from './ProposalsDialog'
import { deleteNetwork, networksQuery } from './queries'

type Open = { kind: 'create' } | { kind: 'proposals' } | { kind: 'edit' | 'allow' | 'delete'; network: Network } | null

/** The allow-list: what is not here and allowed is never scanned. */
export function NetworksPage() {
  const { t } = useTranslation(['settings', 'common'])
  const reason = useCan('admin') ? null : t('common:role_reason.admin')
  const [open, setOpen] = useState<Open>(null)
  const [search, setSearch] = useSearchState()
  const sort = asText(search['sort'])
  const list = useList(networksQuery(useSiteId(), sort))
  const columns = useColumns(reason, (network) => setOpen({ kind: 'allow', network }))
  const close = () => setOpen(null)
  const none = list.total === 0
  const add = (
    <>
      <Button variant={none ? 'primary' : 'secondary'} icon={<Search />} disabledReason={reason} onClick={() => setOpen({ kind: 'proposals' })}>
        {t('networks.propose')}
      </Button>
      <Button variant={none ? 'secondary' : 'primary'} icon={<Plus />} disabledReason={reason} onClick={() => setOpen({ kind: 'create' })}>
        {t('networks.add')}
      </Button>
    </>
  )
  return (
    <Page title={t('networks.title')} summary={t('networks.summary')} actions={!none && add}>
      <DataTable
        label={t('networks.title')}
        name="networks"
        {...list}
        error={list.error && errorText(list.error)}
        onRetry={list.retry}
        sort={sort}
        onSort={(next) => setSearch({ sort: next })}
        columns={columns}
        rowKey={(network) => String(network.id)}
        {...(reason ? {} : { onOpen: (network: Network) => setOpen({ kind: 'edit', network }) })}
        empty={
          <EmptyState icon={<NetworkIcon />} title={t('networks.empty')} action={add}>
            {t('networks.empty_text')}
          </EmptyState>
        }
        rowActions={(network) => <NetworkMenu network={network} reason={reason} onOpen={setOpen} />}
      />
      {open?.kind === 'create' && <NetworkForm onClose={close} />}
      {open?.kind === 'proposals' && <ProposalsDialog onClose={close} />}
      {open?.kind === 'edit' && <NetworkForm network={open.network} onClose={close} />}
      {open?.kind === 'allow' && <AllowDialog network={open.network} onClose={close} />}
      {open?.kind === 'delete' && <DeleteNetwork network={open.network} onClose={close} />}
    </Page>
  )
}

function NetworkMenu({ network, reason, onOpen }: { network: Network; reason: string | null; onOpen: (open: Open) => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const navigate = useNavigate()
  const canScan = useCan('operator')
  const scanReason = !canScan ? t('common:role_reason.operator') : network.scan_allowed ? null : t('networks.not_allowed')
  return (
    <RowMenu name={network.name || network.cidr}>
      <MenuItem icon={<Radar />} disabledReason={scanReason} onSelect={() => void navigate({ to: paths.newScan, search: { targets: network.cidr } as never })}>
        {t('networks.scan')}
      </MenuItem>
      <MenuItem icon={<Pencil />} disabledReason={reason} onSelect={() => onOpen({ kind: 'edit', network })}>
        {t('common:action.edit')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 />} disabledReason={reason} onSelect={() => onOpen({ kind: 'delete', network })}>
        {t('common:action.delete')}
      </MenuItem>
    </RowMenu>
  )
}

function useColumns(reason: string | null, onAllow: (network: Network) => void): Column<Network>[] {
  const { t } = useTranslation(['settings', 'common'])
  const format = useFormat()
  return [
    { id: 'name', header: t('networks.name'), sort: 'name', width: 170, fixed: true, cell: (network) => <span className="font-medium">{network.name || <span className="text-muted">–</span>}</span> },
    { id: 'cidr', header: t('networks.cidr'), sort: 'cidr', width: 190, fixed: true, cell: (network) => <AddressChip plain address={network.cidr} /> },
    {
      id: 'scan_allowed',
      header: t('networks.scanning'),
      width: 180,
      cell: (network) => (
        <span className="inline-flex items-center gap-2">
          <Switch checked={network.scan_allowed} label={t('networks.allow_label', { name: network.name || network.cidr })} disabledReason={reason} onChange={() => onAllow(network)} />
          <span className={network.scan_allowed ? '' : 'text-muted'}>{network.scan_allowed ? t('networks.allowed') : t('networks.off')}</span>
        </span>
      ),
    },
    {
      id: 'device_count',
      header: t('networks.devices'),
      align: 'end',
      width: 90,
      cell: (network) => (
        <TextLink to={paths.inventory} search={{ network: network.cidr }} className="relative before:absolute before:-inset-x-3 before:-inset-y-2">
          {format.number(network.device_count)}
        </TextLink>
      ),
    },
    { id: 'vlan', header: t('networks.vlan'), sort: 'vlan', align: 'end', width: 100, cell: (network) => network.vlan },
    { id: 'tags', header: t('networks.tags'), width: 140, cell: (network) => (network.tags.length > 0 ? <span className="inline-flex gap-1">{network.tags.map((tag) => <Badge key={tag}>{tag}</Badge>)}</span> : null) },
    { id: 'description', header: t('networks.description'), hidden: true, width: 220, cell: (network) => network.description && <span title={network.description}>{network.description}</span> },
    { id: 'confirmed_by', header: t('networks.confirmed_by'), width: 210, cell: (network) => network.confirmed_by && <span>{network.confirmed_by} <span className="text-muted"><Time at={network.confirmed_at} /></span></span> },
  ]
}

function DeleteNetwork({ network, onClose }: { network: Network; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const removal = useRemoval({ remove: () => deleteNetwork(network.id), stale: ['networks', 'overview'], onDone: onClose })
  return <DeleteDialog title={t('networks.delete_title', { name: network.name || network.cidr })} text={t('networks.delete_text')} label={t('networks.delete')} removal={removal} onClose={onClose} />
}
