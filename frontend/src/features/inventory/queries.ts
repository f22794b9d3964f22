import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, fetchFile, unwrap } from '@/api/client'
import { listOptions } from '@/api/lists'
import type { Device, Observation } from '@/api/types'
import { saveFile } from '@/lib/save-file'
import type { DeviceFilters } from './filters'

/** The fields that a person may fix; null gives one back to the machines. */
export type DevicePatch = { name?: string | null; type?: string | null; hostname?: string | null; vendor?: string | null; os?: string | null; notes?: string; tags?: string[] }
export type NewDevice = { name: string; address?: string; mac?: string; type?: string; notes?: string; tags?: string[]; site_id?: number }

const PAGE = 100

export const deviceKeys = {
  list: (filters: DeviceFilters) => ['devices', 'list', filters] as const,
  facets: (filters: DeviceFilters) => ['devices', 'facets', filters] as const,
  one: (id: number) => ['devices', 'one', id] as const,
  ports: (id: number) => ['devices', 'one', id, 'ports'] as const,
  observations: (id: number) => ['devices', 'one', id, 'observations'] as const,
}

export const deviceListOptions = (filters: DeviceFilters) =>
  listOptions(deviceKeys.list(filters), (cursor) => unwrap(api.GET('/api/v1/devices', { params: { query: { ...filters, limit: PAGE, ...(cursor ? { cursor } : {}) } as never } })))

export const facetsOptions = (filters: DeviceFilters) =>
  queryOptions({ queryKey: deviceKeys.facets(filters), queryFn: () => unwrap(api.GET('/api/v1/devices/facets', { params: { query: filters as never } })), placeholderData: (before) => before })

export const deviceOptions = (id: number) =>
  queryOptions({ queryKey: deviceKeys.one(id), queryFn: () => unwrap(api.GET('/api/v1/devices/{device_id}', { params: { path: { device_id: id } } })) })

export const portsOptions = (id: number) =>
  queryOptions({ queryKey: deviceKeys.ports(id), queryFn: () => unwrap(api.GET('/api/v1/devices/{device_id}/ports', { params: { path: { device_id: id }, query: { limit: 500 } } })) })

export const observationsOptions = (id: number) =>
  listOptions<Observation, ReturnType<typeof deviceKeys.observations>>(deviceKeys.observations(id), (cursor) =>
    unwrap(api.GET('/api/v1/devices/{device_id}/observations', { params: { path: { device_id: id }, query: { limit: 30, ...(cursor ? { cursor } : {}) } } })),
  )

export const tagsOptions = queryOptions({ queryKey: ['tags'], queryFn: () => unwrap(api.GET('/api/v1/tags', { params: { query: { limit: 500 } } })) })

/** How many devices there are, and how many are new since yesterday: the list's one line. */
export const headlineOptions = (siteId: number | undefined) =>
  queryOptions({ queryKey: ['overview', siteId], queryFn: () => unwrap(api.GET('/api/v1/overview', { params: { query: siteId === undefined ? {} : { site_id: siteId } } })) })

const refreshDevices = (client: QueryClient): void => {
  for (const key of ['devices', 'tags', 'overview']) void client.invalidateQueries({ queryKey: [key] })
}

export function useCreateDevice() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (body: NewDevice) => unwrap(api.POST('/api/v1/devices', { body })), onSuccess: () => refreshDevices(client) })
}

const patchDevice = (id: number, body: DevicePatch): Promise<Device> => unwrap(api.PATCH('/api/v1/devices/{device_id}', { params: { path: { device_id: id } }, body: body as never }))
export const removeDevice = (id: number) => unwrap(api.DELETE('/api/v1/devices/{device_id}', { params: { path: { device_id: id } } }))

/** Changes a device. A field set is a field fixed by a person; null gives it back to the machines. */
export function useUpdateDevice(id: number) {
  const client = useQueryClient()
  return useMutation({ mutationFn: (body: DevicePatch) => patchDevice(id, body), onSuccess: () => refreshDevices(client) })
}

export type BulkChange = { kind: 'delete' } | { kind: 'type'; type: string } | { kind: 'tag'; tag: string }
export type BulkResult = { done: number[]; failed: { id: number; error: unknown }[] }

const AT_ONCE = 4

function bulkStep(device: Device, change: BulkChange): Promise<unknown> {
  if (change.kind === 'delete') return removeDevice(device.id)
  if (change.kind === 'type') return patchDevice(device.id, { type: change.type })
  return patchDevice(device.id, { tags: [...new Set([...device.tags, change.tag])] })
}

/** One request for each device, a few at a time; what fails does not stop the others. */
async function runBulk(devices: readonly Device[], change: BulkChange): Promise<BulkResult> {
  const result: BulkResult = { done: [], failed: [] }
  const waiting = [...devices]
  const worker = async () => {
    for (let device = waiting.shift(); device; device = waiting.shift()) {
      const { id } = device
      await bulkStep(device, change).then(
        () => result.done.push(id),
        (error: unknown) => result.failed.push({ id, error }),
      )
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return result
}

export function useBulkChange() {
  const client = useQueryClient()
  return useMutation({ mutationFn: ({ devices, change }: { devices: readonly Device[]; change: BulkChange }) => runBulk(devices, change), onSettled: () => refreshDevices(client) })
}

/** Starts a standard scan of one address; answers with the scan to watch. */
export function useScanAddress() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (address: string) => unwrap(api.POST('/api/v1/scans/start', { body: { targets: [address], profile: 'standard' } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['scans'] }),
  })
}

/** Scans a device again, at every address that may be scanned; answers with the scan to watch. */
export function useRescanDevice() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => unwrap(api.POST('/api/v1/devices/{device_id}/rescan', { params: { path: { device_id: id } }, body: { profile: 'standard' } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['scans'] }),
  })
}

/** The devices of these filters as a file; the server makes its cells safe for spreadsheets. */
export async function exportDevices(filters: DeviceFilters): Promise<void> {
  const query = new URLSearchParams(Object.entries(filters).map(([key, value]) => [key, String(value)]))
  saveFile('lanarium-devices.csv', await fetchFile(`/api/v1/devices/export.csv?${query}`))
}
