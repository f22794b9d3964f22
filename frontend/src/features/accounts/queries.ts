import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { listOptions } from '@/api/lists'

const paging = (cursor: string | undefined) => ({ limit: 100, ...(cursor ? { cursor } : {}) })

export const usersQuery = listOptions(['users', 'list'] as const, (cursor) => unwrap(api.GET('/api/v1/users', { params: { query: paging(cursor) } })))

export const tokensQuery = (all: boolean) =>
  listOptions(['tokens', 'list', all] as const, (cursor) => unwrap(api.GET('/api/v1/api-tokens', { params: { query: { ...paging(cursor), ...(all ? { all } : {}) } } })))

export type AuditFilters = { actor?: string | undefined; action?: string | undefined; entity?: string | undefined; since?: string | undefined; until?: string | undefined }

const defined = (filters: AuditFilters): Record<string, string> =>
  Object.fromEntries(Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1])))

export const auditQuery = (filters: AuditFilters) =>
  listOptions(['audit', 'list', filters] as const, (cursor) => unwrap(api.GET('/api/v1/audit-events', { params: { query: { ...paging(cursor), ...defined(filters) } } })))

export const sessionsQuery = queryOptions({ queryKey: ['sessions'], queryFn: () => unwrap(api.GET('/api/v1/auth/sessions', {})) })

export const ofUser = (id: number) => ({ params: { path: { user_id: id } } })
