import { useQuery } from '@tanstack/react-query'
import { Pencil, Play, Plus, Telescope, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText, isFinal } from '@/api/errors'
import { useCan } from '@/api/session'
import type { DiscoveryProfile } from '@/api/types'
import { useRemoval } from '@/api/use-removal'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { DeleteDialog } from '@/ui/DeleteDialog'
import { EmptyState } from '@/ui/EmptyState'
import { MenuItem, MenuSeparator } from '@/ui/Menu'
import { Page } from '@/ui/Page'
import { RowMenu } from '@/ui/RowMenu'
import { useProfileColumns } from './profile-columns'
import { ProfileForm } from './ProfileForm'
import { discoveryProfilesOptions, removeDiscoveryProfile } from './queries'
import { RunDialog } from './RunDialog'

type Open = { kind: 'create' } | { kind: 'edit' | 'delete' | 'run'; profile: DiscoveryProfile } | null

/** Discovery with a login: which part of the network, as whom, when, and what to do with what is found. */
export function ProfilesPage() {
  const { t } = useTranslation(['profiles', 'common', 'schedules', 'suggestions', 'monitoring'])
  const reason = useCan('operator') ? null : t('common:role_reason.operator')
  const [open, setOpen] = useState<Open>(null)
  const list = useQuery(discoveryProfilesOptions)
  const rows = list.data?.items ?? []
  const columns = useProfileColumns(reason)
  const close = () => setOpen(null)
  const add = (
    <Button variant="primary" icon={<Plus />} disabledReason={reason} onClick={() => setOpen({ kind: 'create' })}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} summary={t('summary')} actions={rows.length > 0 && add}>
      <DataTable
        name="discovery-profiles"
        label={t('title')}
        rows={rows}
        columns={columns}
        rowKey={(profile) => String(profile.id)}
        loading={list.isPending}
        error={list.error && errorText(list.error)}
        onRetry={isFinal(list.error) ? undefined : () => void list.refetch()}
        {...(reason ? {} : { onOpen: (profile: DiscoveryProfile) => setOpen({ kind: 'edit', profile }) })}
        rowActions={(profile) => (
          <RowMenu name={profile.name}>
            <MenuItem icon={<Play />} disabledReason={reason} onSelect={() => setOpen({ kind: 'run', profile })}>
              {t('run.button')}
            </MenuItem>
            <MenuItem icon={<Pencil />} disabledReason={reason} onSelect={() => setOpen({ kind: 'edit', profile })}>
              {t('common:action.edit')}
            </MenuItem>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 />} disabledReason={reason} onSelect={() => setOpen({ kind: 'delete', profile })}>
              {t('common:action.delete')}
            </MenuItem>
          </RowMenu>
        )}
        empty={
          <EmptyState icon={<Telescope />} title={t('empty.title')} action={add}>
            {t('empty.text')}
          </EmptyState>
        }
      />
      {open?.kind === 'create' && <ProfileForm onClose={close} onSaved={(profile, run) => setOpen(run ? { kind: 'run', profile } : null)} />}
      {open?.kind === 'edit' && <ProfileForm profile={open.profile} onClose={close} onSaved={(profile, run) => setOpen(run ? { kind: 'run', profile } : null)} />}
      {open?.kind === 'run' && <RunDialog profile={open.profile} onClose={close} />}
      {open?.kind === 'delete' && <DeleteProfile profile={open.profile} onClose={close} />}
    </Page>
  )
}

function DeleteProfile({ profile, onClose }: { profile: DiscoveryProfile; onClose: () => void }) {
  const { t } = useTranslation(['profiles', 'common'])
  const removal = useRemoval({ remove: () => removeDiscoveryProfile(profile.id), stale: ['discovery-profiles', 'credential-profiles'], onDone: onClose })
  return <DeleteDialog title={t('delete.title', { name: profile.name })} text={t('delete.text')} label={t('common:action.delete')} removal={removal} onClose={onClose} />
}
