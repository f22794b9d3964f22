import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { listOptions } from '@/api/lists'
import type { MonitoringPlugin } from '@/api/types'

const PAGE = 100
export type PluginBody = { name: string; type: string; description: string; config: Record<string, unknown> }

export const pluginListOptions = (sort: string | undefined) =>
  listOptions(['plugins', 'list', sort] as const, (cursor) => unwrap(api.GET('/api/v1/plugins', { params: { query: { limit: PAGE, ...(sort ? { sort } : {}), ...(cursor ? { cursor } : {}) } } })))

const ofOne = (id: number) => ({ params: { path: { plugin_id: id } } })

/** Makes a plugin, or configures one otherwise; every monitor that uses it follows. */
export function useSavePlugin(id: number | undefined) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: PluginBody): Promise<MonitoringPlugin> => unwrap(id === undefined ? api.POST('/api/v1/plugins', { body }) : api.PUT('/api/v1/plugins/{plugin_id}', { ...ofOne(id), body })),
    onSuccess: () => Promise.all(['plugins', 'monitors'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}

export const removePlugin = (id: number) => unwrap(api.DELETE('/api/v1/plugins/{plugin_id}', ofOne(id)))
