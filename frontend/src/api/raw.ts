import { authorizedFetch } from './client'
import { networkError, toApiError } from './problem'

type Query = Record<string, string | number | boolean | undefined>

/** A call of the API by its path. Throws ApiError; a 204 answers undefined. */
export async function call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, { query, body, raw }: { query?: Query; body?: unknown; raw?: { content: Blob; type: string } } = {}): Promise<T> {
  const url = new URL(`/api/v1${path}`, location.origin)
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) url.searchParams.set(name, String(value))
  const content = raw ? { headers: { 'Content-Type': raw.type }, body: raw.content } : body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await authorizedFetch(new Request(url, { method, ...content }))
  if (answer.status === 204) return undefined as T
  const found: unknown = await answer.json().catch(() => null)
  if (!answer.ok) throw toApiError(answer.status, found, answer.headers.get('Retry-After'))
  if (found === null) throw networkError()
  return found as T
}
