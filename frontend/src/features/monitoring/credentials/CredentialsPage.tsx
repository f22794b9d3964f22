import { KeySquare, Lock, Pencil, Plus, Trash2, Zap } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan } from '@/api/session'
import type { CredentialProfile } from '@/api/types'
import { useRemoval } from '@/api/use-removal'
import { asText, useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { DeleteDialog } from '@/ui/DeleteDialog'
import { EmptyState } from '@/ui/EmptyState'
import { MenuItem, MenuSeparator } from '@/ui/Menu'
import { Page } from '@/ui/Page'
import { RowMenu } from '@/ui/RowMenu'
import { CredentialForm } from './CredentialForm'
import { useCredentialColumns } from './credential-columns'
import { credentialListOptions, removeCredentials } from './queries'
import { TestDialog } from './TestDialog'

type Open = { kind: 'create' } | { kind: 'edit' | 'delete' | 'test'; profile: CredentialProfile } | null

/** Logins for monitors and discovery. Their secrets go in and never come out. */
export function CredentialsPage() {
  const { t } = useTranslation(['credentials', 'common', 'monitoring', 'shell'])
  const operator = useCan('operator')
  const reason = useCan('admin') ? null : t('common:role_reason.admin')
  const [open, setOpen] = useState<Open>(null)
  const [search, setSearch] = useSearchState()
  const sort = asText(search['sort']) ?? 'name'
  const list = useList(credentialListOptions(sort))
  const columns = useCredentialColumns()
  const close = () => setOpen(null)
  const add = (
    <Button variant="primary" icon={<Plus />} disabledReason={reason} onClick={() => setOpen({ kind: 'create' })}>
      {t('add')}
    </Button>
  )
  if (!operator) return <NotForViewers />
  return (
    <Page title={t('title')} summary={t('summary')} actions={list.total !== 0 && add}>
      <DataTable
        label={t('title')}
        name="credentials"
        {...list}
        error={list.error && errorText(list.error)}
        onRetry={list.retry}
        columns={columns}
        sort={sort}
        onSort={(next) => setSearch({ sort: next })}
        rowKey={(profile) => String(profile.id)}
        {...(reason ? {} : { onOpen: (profile: CredentialProfile) => setOpen({ kind: 'edit', profile }) })}
        empty={
          <EmptyState icon={<KeySquare />} title={t('empty.title')} action={add}>
            {t('empty.text')}
          </EmptyState>
        }
        rowActions={(profile) => (
          <RowMenu name={profile.name}>
            <MenuItem icon={<Zap />} onSelect={() => setOpen({ kind: 'test', profile })}>
              {t('test.button')}
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
      />
      {open?.kind === 'create' && <CredentialForm onClose={close} onSaved={(profile, test) => setOpen(test ? { kind: 'test', profile } : null)} />}
      {open?.kind === 'edit' && <CredentialForm profile={open.profile} onClose={close} onSaved={(profile, test) => setOpen(test ? { kind: 'test', profile } : null)} />}
      {open?.kind === 'test' && <TestDialog profile={open.profile} onClose={close} />}
      {open?.kind === 'delete' && <DeleteCredentials profile={open.profile} onClose={close} />}
    </Page>
  )
}

function NotForViewers() {
  const { t } = useTranslation(['credentials', 'common'])
  return (
    <Page title={t('title')}>
      <div className="card">
        <EmptyState icon={<Lock />} title={t('common:role_reason.operator')} />
      </div>
    </Page>
  )
}

function DeleteCredentials({ profile, onClose }: { profile: CredentialProfile; onClose: () => void }) {
  const { t } = useTranslation(['credentials', 'common'])
  const removal = useRemoval({ remove: () => removeCredentials(profile.id), stale: ['credential-profiles'], onDone: onClose })
  return <DeleteDialog title={t('delete.title', { name: profile.name })} text={t('delete.text')} label={t('common:action.delete')} removal={removal} onClose={onClose} />
}
