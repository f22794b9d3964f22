import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/api/client'
import type { Status } from '@/api/types'
import { authorizedFetch } from '@/api/client'
import { toApiError } from '@/api/problem'

export const overviewQuery = (siteId: number | undefined) =>
  queryOptions({
    queryKey: ['overview', siteId],
    queryFn: () => unwrap(api.GET('/api/v1/overview', { params: { query: siteId === undefined ? {} : { site_id: siteId } } })),
    refetchInterval: 30_000,
  })

/** `/status` lies beside the API, and says more to those who are logged in. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: async (): Promise<Status> => {
    const answer = await authorizedFetch(new Request(new URL('/status', location.origin)))
    const body: unknown = await answer.json().catch(() => null)
    if (!answer.ok) throw toApiError(answer.status, body)
    return body as Status
  },
  refetchInterval: 30_000,
})
