import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import { listOptions } from '@/api/lists'
import type { CredentialProfile } from '@/api/types'

const PAGE = 100

export const credentialListOptions = (sort: string | undefined) =>
  listOptions(['credential-profiles', 'list', sort] as const, (cursor) =>
    unwrap(api.GET('/api/v1/credential-profiles', { params: { query: { limit: PAGE, ...(sort ? { sort } : {}), ...(cursor ? { cursor } : {}) } } })),
  )

/** The types of credentials, with what each asks for. They change when the program does. */
export const credentialTypesOptions = queryOptions({
  queryKey: ['credential-types'],
  queryFn: () => unwrap(api.GET('/api/v1/credential-profiles/types', {})),
  staleTime: Infinity,
})

/** Makes a profile, or puts another version in place. */
export function useSaveCredentials(id: number | undefined) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: unknown): Promise<CredentialProfile> =>
      id === undefined
        ? unwrap(api.POST('/api/v1/credential-profiles', { body: body as never }))
        : unwrap(api.PUT('/api/v1/credential-profiles/{profile_id}', { params: { path: { profile_id: id } }, body: body as never })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['credential-profiles'] }),
  })
}

export const removeCredentials = (id: number) => unwrap(api.DELETE('/api/v1/credential-profiles/{profile_id}', { params: { path: { profile_id: id } } }))

export type LoginTest = { address: string; port?: number; collector?: string }

/** Logs in at an address, once, and says how far it came. */
export const useTestCredentials = (id: number) =>
  useMutation({ mutationFn: (body: LoginTest) => unwrap(api.POST('/api/v1/credential-profiles/{profile_id}/test', { params: { path: { profile_id: id } }, body })) })
