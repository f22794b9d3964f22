import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { listOptions } from '@/api/lists'
import type { components } from '@/api/schema'

export type InboxItem = components['schemas']['InboxItem']
export type InboxAction = components['schemas']['InboxAction']
export type Suggestion = components['schemas']['MergeSuggestion']
export type Identity = components['schemas']['Identity']
export type Deed = { action: 'approve' | 'hide' | 'ignore'; ids: readonly number[] } | { action: 'merge'; ids: readonly number[]; into: number; reason: string }

const PAGE = 50

export const inboxOptions = (siteId: number | undefined) =>
  listOptions<InboxItem, readonly unknown[]>(['devices', 'inbox', siteId], (cursor) =>
    unwrap(api.GET('/api/v1/inbox', { params: { query: { limit: PAGE, ...(siteId === undefined ? {} : { site_id: siteId }), ...(cursor ? { cursor } : {}) } } })),
  )

export const identityOptions = (id: number) =>
  queryOptions({ queryKey: ['devices', 'one', id, 'identity'], queryFn: () => unwrap(api.GET('/api/v1/devices/{device_id}/identity', { params: { path: { device_id: id } } })) })

const refresh = (client: QueryClient): void => {
  for (const key of ['devices', 'tags', 'overview', 'networks']) void client.invalidateQueries({ queryKey: [key] })
}

const send = (deed: Deed) => {
  const more = deed.action === 'merge' ? { into_id: deed.into, reason: deed.reason } : {}
  return unwrap(api.POST('/api/v1/inbox/actions', { body: { action: deed.action, device_ids: [...deed.ids], reason: '', ...more } }))
}

/** Decides of finds; everything that shows devices is fresh afterwards. */
export function useDecide() {
  const client = useQueryClient()
  return useMutation({ mutationFn: send, onSettled: () => refresh(client) })
}

export function useUndo() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (id: number) => unwrap(api.POST('/api/v1/inbox/actions/{action_id}/undo', { params: { path: { action_id: id } } })), onSettled: () => refresh(client) })
}

export function useSplit(id: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { address_ids: number[]; reason: string }) => unwrap(api.POST('/api/v1/devices/{device_id}/split', { params: { path: { device_id: id } }, body })),
    onSuccess: () => refresh(client),
  })
}
