import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ban, CircleCheck, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, unwrap } from '@/api/client'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan, useSession } from '@/api/session'
import type { User } from '@/api/types'
import { useRemoval } from '@/api/use-removal'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { DeleteDialog } from '@/ui/DeleteDialog'
import { MenuItem, MenuSeparator } from '@/ui/Menu'
import { Notice } from '@/ui/Notice'
import { Page } from '@/ui/Page'
import { RowMenu } from '@/ui/RowMenu'
import { StateMark } from '@/ui/StateMark'
import { Time } from '@/ui/Time'
import type { Column } from '@/ui/table/column'
import { ofUser, usersQuery } from './queries'
import { useSitesColumn } from './sites-column'
import { UserForm } from './UserForm'

type Open = { kind: 'create' } | { kind: 'edit'; user: User } | { kind: 'delete'; user: User } | null

export function UsersPage() {
  const { t } = useTranslation(['settings', 'common'])
  const admin = useCan('admin')
  const [open, setOpen] = useState<Open>(null)
  const list = useList(usersQuery)
  const columns = useColumns()
  const toggle = useToggleUser()
  const reason = admin ? null : t('common:role_reason.admin')
  const close = () => setOpen(null)
  return (
    <Page
      title={t('users.title')}
      summary={t('users.summary')}
      actions={
        <Button variant="primary" icon={<Plus />} disabledReason={reason} onClick={() => setOpen({ kind: 'create' })}>
          {t('users.add')}
        </Button>
      }
    >
      {toggle.error && <Notice tone="down">{errorText(toggle.error)}</Notice>}
      <DataTable
        label={t('users.title')}
        name="users"
        {...list}
        error={list.error && errorText(list.error)}
        onRetry={list.retry}
        columns={columns}
        rowKey={(user) => String(user.id)}
        {...(admin ? { onOpen: (user: User) => setOpen({ kind: 'edit', user }) } : {})}
        rowActions={(user) => (
          <RowMenu name={user.username}>
            <MenuItem icon={<Pencil />} disabledReason={reason} onSelect={() => setOpen({ kind: 'edit', user })}>
              {t('common:action.edit')}
            </MenuItem>
            <MenuItem icon={user.disabled ? <CircleCheck /> : <Ban />} disabledReason={reason} onSelect={() => toggle.mutate(user)}>
              {user.disabled ? t('users.enable') : t('users.disable')}
            </MenuItem>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 />} disabledReason={reason} onSelect={() => setOpen({ kind: 'delete', user })}>
              {t('common:action.delete')}
            </MenuItem>
          </RowMenu>
        )}
      />
      {open?.kind === 'create' && <UserForm onClose={close} />}
      {open?.kind === 'edit' && <UserForm user={open.user} onClose={close} />}
      {open?.kind === 'delete' && <DeleteUser user={open.user} onClose={close} />}
    </Page>
  )
}

function useColumns(): Column<User>[] {
  const { t } = useTranslation(['settings', 'common'])
  const { user: me } = useSession()
  const sites = useSitesColumn<User>()
  return [
    {
      id: 'username',
      header: t('users.username'),
      width: 220,
      fixed: true,
      cell: (user) => (
        <span className="inline-flex items-center gap-2">
          <span className="font-medium">{user.username}</span>
          {user.id === me?.id && <Badge tone="accent">{t('users.you')}</Badge>}
        </span>
      ),
    },
    { id: 'full_name', header: t('users.full_name'), cell: (user) => user.full_name },
    { id: 'role', header: t('users.role'), width: 110, cell: (user) => t(`common:role.${user.role}`) },
    { id: 'email', header: t('users.email'), width: 200, cell: (user) => user.email },
    { id: 'state', header: t('users.state'), width: 130, cell: (user) => <StateMark state={user.disabled ? 'unknown' : 'up'} label={user.disabled ? t('users.disabled') : t('users.active')} /> },
    ...sites,
    { id: 'last_login_at', header: t('users.last_login'), width: 140, cell: (user) => <Time at={user.last_login_at} /> },
    { id: 'created_at', header: t('users.created'), width: 140, hidden: true, cell: (user) => <Time at={user.created_at} /> },
  ]
}

function useToggleUser() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (user: User) => unwrap(api.PATCH('/api/v1/users/{user_id}', { ...ofUser(user.id), body: { disabled: !user.disabled } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
  })
}

function DeleteUser({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const removal = useRemoval({ remove: () => unwrap(api.DELETE('/api/v1/users/{user_id}', ofUser(user.id))), stale: ['users'], onDone: onClose })
  return <DeleteDialog title={t('users.delete_title', { name: user.username })} text={t('users.delete_text')} label={t('users.delete')} typed={user.username} removal={removal} onClose={onClose} />
}
