import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, fetchFile, unwrap } from '@/api/client'
import { listOptions } from '@/api/lists'
import type { Artifact, Chunk, Project, Scan, ScanOptions, ScanProfile, ScanStatus } from '@/api/types'
import { saveFile } from '@/lib/save-file'

export type ProfileName = ScanProfile['name']
export type ScanFilters = { project_id?: number; status?: ScanStatus; profile?: ProfileName; site_id?: number; sort?: string }
export type ScanDraft = {
  targets: string
  exclusions: string
  profile: ProfileName
  options?: ScanOptions
  project_id?: number
  name?: string
  max_rate?: number
  chunk_size?: number
  concurrency: number
  host_timeout_s?: number
  chunk_timeout_s?: number
}

const PAGE = 50
const SAMPLE_REFRESH_MS = 2_500
const CHUNK_PAGE = 500
/** More chunks than this cannot be told apart on a strip. */
export const MOST_CHUNKS = 2_000

export const scanKeys = {
  all: ['scans'] as const,
  list: (filters: ScanFilters) => ['scans', 'list', filters] as const,
  one: (id: number) => ['scans', 'one', id] as const,
  // Not under 'scans': the shell refreshes those at every update, while the scan's own page keeps these fresh by itself.
  chunks: (id: number) => ['scan-parts', id, 'chunks'] as const,
  hosts: (id: number) => ['scan-parts', id, 'hosts'] as const,
  artifacts: (id: number) => ['scan-parts', id, 'artifacts'] as const,
  profiles: ['scans', 'profiles'] as const,
  projects: ['projects'] as const,
  project: (id: number) => ['projects', id] as const,
}

export const scanListOptions = (filters: ScanFilters) =>
  listOptions(scanKeys.list(filters), (cursor) =>
    unwrap(api.GET('/api/v1/scans', { params: { query: { ...filters, limit: PAGE, ...(cursor ? { cursor } : {}) } } })),
  )

export const scanOptions = (id: number) =>
  queryOptions({ queryKey: scanKeys.one(id), queryFn: () => unwrap(api.GET('/api/v1/scans/{scan_id}', { params: { path: { scan_id: id } } })) })

export const sampleOptions = (id: number) =>
  listOptions(['scan-parts', id, 'sample'] as const, (cursor) =>
    unwrap(api.GET('/api/v1/scans/{scan_id}/sample', { params: { path: { scan_id: id }, query: { limit: 200, ...(cursor ? { cursor } : {}) } } })),
  )

export const sampleTotalsOptions = (id: number, alive: boolean) =>
  queryOptions({
    queryKey: ['scan-parts', id, 'sample-totals'],
    queryFn: () => unwrap(api.GET('/api/v1/scans/{scan_id}/sample', { params: { path: { scan_id: id }, query: { limit: 1 } } })),
    refetchInterval: alive ? SAMPLE_REFRESH_MS : false,
  })

export const chunksOptions = (id: number) => queryOptions({ queryKey: scanKeys.chunks(id), queryFn: () => fetchChunks(id) })

async function fetchChunks(id: number): Promise<Chunk[]> {
  const chunks: Chunk[] = []
  let cursor: string | undefined
  do {
    const query = { limit: CHUNK_PAGE, ...(cursor ? { cursor } : {}) }
    const page = await unwrap(api.GET('/api/v1/scans/{scan_id}/chunks', { params: { path: { scan_id: id }, query } }))
    chunks.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor && chunks.length < MOST_CHUNKS)
  return chunks
}

export const hostsOptions = (id: number) =>
  listOptions(scanKeys.hosts(id), (cursor) =>
    unwrap(api.GET('/api/v1/scans/{scan_id}/hosts', { params: { path: { scan_id: id }, query: { limit: 200, ...(cursor ? { cursor } : {}) } } })),
  )

export const artifactsOptions = (id: number) =>
  listOptions(scanKeys.artifacts(id), (cursor) =>
    unwrap(api.GET('/api/v1/scans/{scan_id}/artifacts', { params: { path: { scan_id: id }, query: { limit: 200, ...(cursor ? { cursor } : {}) } } })),
  )

export const profilesOptions = queryOptions({ queryKey: scanKeys.profiles, queryFn: () => unwrap(api.GET('/api/v1/scan-profiles', {})), staleTime: 60_000 })

/** The networks of the list of allowed ones, as the inventory keeps them. */
export const allowedNetworksOptions = queryOptions({
  queryKey: ['networks', 'every'],
  queryFn: () => unwrap(api.GET('/api/v1/networks', { params: { query: { limit: 500 } } })),
})

export const projectsOptions = queryOptions({
  queryKey: scanKeys.projects,
  queryFn: () => unwrap(api.GET('/api/v1/projects', { params: { query: { limit: 500 } } })),
})

export const fetchLines = (id: number, after: number, limit: number) =>
  unwrap(api.GET('/api/v1/scans/{scan_id}/lines', { params: { path: { scan_id: id }, query: { after, limit } } }))

/** What the targets mean depends on the lists, what they cost on the rest. */
export type ExpandRequest = Pick<ScanDraft, 'targets' | 'exclusions' | 'profile' | 'options' | 'max_rate' | 'chunk_size' | 'concurrency'>

export const expandTargets = (request: ExpandRequest, signal: AbortSignal) => unwrap(api.POST('/api/v1/targets/expand', { body: request, signal }))

/** Puts a scan that the server just answered with into every place that shows it. */
export function rememberScan(client: QueryClient, scan: Scan): void {
  client.setQueryData(scanKeys.one(scan.id), scan)
  void client.invalidateQueries({ queryKey: ['scans', 'list'] })
  void client.invalidateQueries({ queryKey: ['overview'] })
}

const dropEmpty = <T extends object>(draft: T): T =>
  Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined && value !== '')) as T

export function useStartScan() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (draft: ScanDraft) => unwrap(api.POST('/api/v1/scans/start', { body: dropEmpty(draft) })),
    onSuccess: (scan) => rememberScan(client, scan),
  })
}

export function useStopScan() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => unwrap(api.POST('/api/v1/scans/{scan_id}/stop', { params: { path: { scan_id: id } } })),
    onSuccess: (scan) => rememberScan(client, scan),
  })
}

export function useResumeScan() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => unwrap(api.POST('/api/v1/scans/{scan_id}/resume', { params: { path: { scan_id: id } } })),
    onSuccess: (scan) => {
      rememberScan(client, scan)
      void client.invalidateQueries({ queryKey: scanKeys.chunks(scan.id) })
    },
  })
}

export const removeScan = (id: number) => unwrap(api.DELETE('/api/v1/scans/{scan_id}', { params: { path: { scan_id: id } } }))

export type ProjectText = { name: string; description: string }

export function useSaveProject(project: Project | null) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (text: ProjectText) =>
      project
        ? unwrap(api.PATCH('/api/v1/projects/{project_id}', { params: { path: { project_id: project.id } }, body: text }))
        : unwrap(api.POST('/api/v1/projects', { body: text })),
    onSuccess: () => client.invalidateQueries({ queryKey: scanKeys.projects }),
  })
}

export const removeProject = (id: number) => unwrap(api.DELETE('/api/v1/projects/{project_id}', { params: { path: { project_id: id } } }))

export function useAllowNetwork() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (network: { cidr: string; name: string }) => unwrap(api.POST('/api/v1/networks', { body: { ...network, scan_allowed: true } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['networks'] }),
  })
}

/** Fetches an artefact with the login and offers it as a file. */
export async function downloadArtifact(artifact: Artifact, name: string): Promise<void> {
  saveFile(name, await fetchFile(`/api/v1/artifacts/${artifact.uid}`))
}
