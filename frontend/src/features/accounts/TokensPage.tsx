import { KeyRound, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, unwrap } from '@/api/client'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan, useSession } from '@/api/session'
import type { ApiToken } from '@/api/types'
import { useRemoval } from '@/api/use-removal'
import { useNow } from '@/lib/use-now'
import { useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { DeleteDialog } from '@/ui/DeleteDialog'
import { EmptyState } from '@/ui/EmptyState'
import { IconButton } from '@/ui/IconButton'
import { Page } from '@/ui/Page'
import { StateMark } from '@/ui/StateMark'
import { Switch } from '@/ui/Switch'
import { Time } from '@/ui/Time'
import type { Column } from '@/ui/table/column'
import { tokensQuery } from './queries'
import { useSitesColumn } from './sites-column'
import { TokenForm } from './TokenForm'

export function TokensPage() {
  const { t } = useTranslation(['settings', 'common'])
  const admin = useCan('admin')
  const [search, setSearch] = useSearchState()
  const all = admin && search['all'] === true
  const [creating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<ApiToken | null>(null)
  const list = useList(tokensQuery(all))
  const columns = useColumns(all)
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => setCreating(true)}>
      {t('tokens.add')}
    </Button>
  )
  return (
    <Page title={t('tokens.title')} summary={t('tokens.summary')} actions={list.total !== 0 && add}>
      {admin && <Switch showLabel label={t('tokens.all')} checked={all} onChange={(on) => setSearch({ all: on || undefined })} />}
      <DataTable
        label={t('tokens.title')}
        name="tokens"
        {...list}
        error={list.error && errorText(list.error)}
        onRetry={list.retry}
        columns={columns}
        rowKey={(token) => String(token.id)}
        empty={
          <EmptyState icon={<KeyRound />} title={t('tokens.empty')} action={add}>
            {t('tokens.empty_text')}
          </EmptyState>
        }
        rowActions={(token) => (
          <IconButton size="sm" label={t('tokens.revoke_named', { name: token.name })} onClick={() => setRevoking(token)}>
            <Trash2 />
          </IconButton>
        )}
      />
      {creating && <TokenForm onClose={() => setCreating(false)} />}
      {revoking && <RevokeToken token={revoking} onClose={() => setRevoking(null)} />}
    </Page>
  )
}

function useColumns(all: boolean): Column<ApiToken>[] {
  const { t } = useTranslation(['settings', 'common'])
  const { user } = useSession()
  const sites = useSitesColumn<ApiToken>()
  const owner: Column<ApiToken> = { id: 'username', header: t('tokens.owner'), width: 140, cell: (token) => (token.user_id === user?.id ? t('users.you') : token.username) }
  return [
    { id: 'name', header: t('tokens.name'), width: 220, fixed: true, cell: (token) => <span className="font-medium">{token.name}</span> },
    ...(all ? [owner] : []),
    { id: 'prefix', header: t('tokens.prefix'), width: 120, cell: (token) => <span className="mono text-muted">{token.prefix}…</span> },
    { id: 'role', header: t('users.role'), width: 110, cell: (token) => t(`common:role.${token.role}`) },
    ...sites,
    { id: 'last_used_at', header: t('tokens.last_used'), width: 130, cell: (token) => <Time at={token.last_used_at} /> },
    { id: 'expires_at', header: t('tokens.expires'), width: 130, cell: (token) => <Expiry at={token.expires_at} /> },
    { id: 'created_at', header: t('users.created'), width: 130, hidden: true, cell: (token) => <Time at={token.created_at} /> },
  ]
}

const SOON_MS = 7 * 86_400_000

/** When a token ends; one that has ended or soon will is marked. */
function Expiry({ at }: { at: string | null }) {
  const { t } = useTranslation('settings')
  const now = useNow(60_000)
  const left = at === null ? Infinity : Date.parse(at) - now
  if (left > SOON_MS) return <Time at={at} />
  return (
    <span className="inline-flex items-center gap-2">
      <StateMark compact state={left > 0 ? 'degraded' : 'down'} label={left > 0 ? t('tokens.ends_soon') : t('tokens.ended')} />
      <Time at={at} />
    </span>
  )
}

function RevokeToken({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const remove = () => unwrap(api.DELETE('/api/v1/api-tokens/{token_id}', { params: { path: { token_id: token.id } } }))
  const removal = useRemoval({ remove, stale: ['tokens'], onDone: onClose })
  return <DeleteDialog title={t('tokens.revoke_title', { name: token.name })} text={t('tokens.revoke_text')} label={t('tokens.revoke')} removal={removal} onClose={onClose} />
}
