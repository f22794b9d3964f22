import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { fetchFile } from '@/api/client'
import { listOptions } from '@/api/lists'
import { call } from '@/api/raw'
import type { Chunk, Message, Page, Scan } from '@/api/types'
import { saveFile } from '@/lib/save-file'
import { rememberScan, scanKeys } from '../queries'

export type HeatCell = { first: string; last: string; addresses: number; asked: number; up: number; ports: number; difficult: number; status: Chunk['status'] | 'parked' | null }
export type Difficult = { id: number; address: string; device_id: number | null; code: string; params: Record<string, unknown>; text: string; chunk: number | null; seen_at: string; state: 'parked' | 'retried' | 'released' }
export const DIFFERENCES = ['host_new', 'host_gone', 'port_opened', 'port_closed', 'service_changed', 'os_changed', 'name_changed'] as const
export type Difference = { kind: (typeof DIFFERENCES)[number]; address: string; device_id: number | null; port: string | number | null; old: string | null; new: string | null }
export type Comparison = Page<Difference> & { with_id?: number | null; totals?: Partial<Record<Difference['kind'], number>> }

const MOST_CELLS = 1_024
const REFRESH_MS = 2_500

export const heatmapOptions = (id: number, addresses: number, alive: boolean) =>
  queryOptions({
    queryKey: ['scan-parts', id, 'heatmap'],
    queryFn: () => call<{ cells: HeatCell[] }>('GET', `/scans/${id}/heatmap`, { query: { cells: Math.max(2, Math.min(MOST_CELLS, addresses)) } }),
    refetchInterval: alive ? REFRESH_MS : false,
    retry: 1,
  })

export const difficultOptions = (id: number) =>
  listOptions(['scan-parts', id, 'difficult'] as const, (cursor) => call<Page<Difficult>>('GET', `/scans/${id}/difficult-targets`, { query: { limit: 200, cursor } }))

export const compareOptions = (id: number, other: string, kind: string | undefined) =>
  listOptions(['scan-parts', id, 'compare', other, kind] as const, (cursor) => call<Comparison>('GET', `/scans/${id}/compare`, { query: { with: other, kind, limit: 200, cursor } }))

/** Something done to a scan that answers with the scan. */
export function useScanAction(path: 'pause' | 'resume' | 'stop') {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => call<Scan>('POST', `/scans/${id}/${path}`),
    onSuccess: (scan) => {
      rememberScan(client, scan)
      void client.invalidateQueries({ queryKey: ['scan-parts', scan.id] })
    },
  })
}

/** Retries or splits chunks, one after another, and gives the first refusal. */
export function useChunkAction(scanId: number, what: 'retry' | 'split') {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (numbers: readonly number[]) => {
      for (const number of numbers) await call('POST', `/scans/${scanId}/chunks/${number}/${what}`)
    },
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['scan-parts', scanId] }), client.invalidateQueries({ queryKey: scanKeys.one(scanId) })]),
  })
}

export function useRetryTarget(scanId: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (ids: readonly number[]) => {
      for (const id of ids) await call('POST', `/scans/${scanId}/difficult-targets/${id}/retry`)
    },
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['scan-parts', scanId] }), client.invalidateQueries({ queryKey: scanKeys.one(scanId) })]),
  })
}

export const EXPORTS = ['xml', 'json', 'csv'] as const

export async function exportScan(scan: Scan, format: (typeof EXPORTS)[number]): Promise<void> {
  saveFile(`scan-${scan.id}.${format}`, await fetchFile(`/api/v1/scans/${scan.id}/export?format=${format}`))
}

/** An nmap XML file becomes a scan of its own, and its hosts become devices. */
export function useImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ file, name, project }: { file: File; name: string; project: string }) =>
      call<Scan>('POST', '/scans/import', { query: { name: name || undefined, project_id: project || undefined }, raw: { content: file, type: 'application/xml' } }),
    onSuccess: (scan) => {
      rememberScan(client, scan)
      for (const key of ['devices', 'networks']) void client.invalidateQueries({ queryKey: [key] })
    },
  })
}

/** A scan's or a chunk's own word of what went on, as the API says it. */
export type Said = Pick<Message, 'code' | 'params' | 'text'>
