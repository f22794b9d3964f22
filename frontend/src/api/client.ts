import createClient from 'openapi-fetch'
import { networkError, toApiError } from './problem'
import type { paths } from './schema'
import { accessToken, renew, sessionState, tokenExpiresSoon } from './session'

/** `fetch` with the access token, renewed before it ends and once more when the server refuses it. */
export async function authorizedFetch(request: Request): Promise<Response> {
  if (tokenExpiresSoon()) await renew()
  const retry = request.clone()
  const answer = await send(request)
  if (answer.status !== 401 || sessionState().status !== 'in') return answer
  return (await renew()) ? send(retry) : answer
}

async function send(request: Request): Promise<Response> {
  const token = accessToken()
  if (token) request.headers.set('Authorization', `Bearer ${token}`)
  try {
    return await fetch(request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw networkError()
  }
}

export const api = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin,
  fetch: authorizedFetch,
})

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** The body of a successful answer; throws ApiError otherwise. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw toApiError(response.status, error, response.headers.get('Retry-After'))
  return data as T
}

/** A file behind the login: fetched with the token, since a plain link would carry none. */
export async function fetchFile(path: string): Promise<Blob> {
  const answer = await authorizedFetch(new Request(new URL(path, location.origin)))
  if (!answer.ok) throw toApiError(answer.status, await answer.json().catch(() => null))
  return answer.blob()
}
