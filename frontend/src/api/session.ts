import { useSyncExternalStore } from 'react'
import { networkError, toApiError } from './problem'
import type { Role, Token, User } from './types'

/**
 * Who is logged in. The access token lives in this module's memory only; the refresh cookie, which no script can read, brings
 * it back after a reload. Renewal is single-flight in this tab and, through a Web Lock, across tabs: two tabs that present the
 * same rotating cookie at once would look like a stolen one.
 */
export type SessionState = { status: 'starting' | 'in' | 'out'; user: User | null }

const RENEW_BEFORE_MS = 60_000
const RETRY_MS = 5_000
const BASE = '/api/v1/auth'

let state: SessionState = { status: 'starting', user: null }
let token: { value: string; expiresAt: number } | null = null
let renewal: Promise<boolean> | null = null
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('lanarium.session')

function set(next: SessionState): void {
  state = next
  listeners.forEach((listener) => listener())
}

function accept(answer: Token): void {
  token = { value: answer.token, expiresAt: Date.parse(answer.expires_at) }
  clearTimeout(timer)
  timer = setTimeout(() => void renew(), Math.max(RETRY_MS, token.expiresAt - Date.now() - RENEW_BEFORE_MS))
  set({ status: 'in', user: answer.user })
}

function drop(): void {
  token = null
  clearTimeout(timer)
  set({ status: 'out', user: null })
}

const post = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(BASE + path, { method: 'POST', credentials: 'same-origin', cache: 'no-store', ...init })

async function requestRenewal(): Promise<boolean> {
  let answer: Response
  try {
    answer = await post('/refresh', { headers: { 'X-Lanarium-Refresh': '1' } })
  } catch {
    return stayOrLeave()
  }
  if (answer.ok) {
    accept((await answer.json()) as Token)
    return true
  }
  if (answer.status >= 500 || answer.status === 429) return stayOrLeave()
  drop()
  return false
}

/** The server is away, which is no reason to log a person out: keep the session and try again soon. */
function stayOrLeave(): boolean {
  if (state.status === 'starting') {
    drop()
    return false
  }
  clearTimeout(timer)
  timer = setTimeout(() => void renew(), RETRY_MS)
  return false
}

async function locked(work: () => Promise<boolean>): Promise<boolean> {
  return 'locks' in navigator ? await navigator.locks.request('lanarium.renewal', work) : await work()
}

/** Gets a new access token; every caller meanwhile waits for the same answer. Resolves to whether there is a session. */
export function renew(): Promise<boolean> {
  renewal ??= locked(requestRenewal).finally(() => {
    renewal = null
  })
  return renewal
}

export const accessToken = (): string | null => token?.value ?? null
export const tokenExpiresSoon = (): boolean => token !== null && token.expiresAt - Date.now() < 5_000
export const sessionState = (): SessionState => state

/** Logs in; throws ApiError with `invalid_credentials`, `login_throttled` or `server_away`. */
export async function login(username: string, password: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await post('/login', { headers, body: JSON.stringify({ username, password }) }).catch(() => {
    throw networkError()
  })
  const body: unknown = await answer.json().catch(() => null)
  if (!answer.ok) throw toApiError(answer.status, body, answer.headers.get('Retry-After'))
  accept(body as Token)
  tabs?.postMessage('in')
}

/** Ends this session here, on the server and in the other tabs. */
export async function logout(): Promise<void> {
  const headers = token ? { Authorization: `Bearer ${token.value}` } : undefined
  await post('/logout', headers ? { headers } : {}).catch(() => undefined)
  drop()
  tabs?.postMessage('out')
}

/** Takes over what the server says of the person after an edit of the profile. */
export const setUser = (user: User): void => set({ ...state, user })

tabs?.addEventListener('message', (event: MessageEvent<string>) => {
  if (event.data === 'out' && state.status === 'in') drop()
  if (event.data === 'in' && state.status === 'out') void renew()
})

export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useSession = (): SessionState => useSyncExternalStore(subscribeSession, sessionState)

const RANK: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 }

/** Whether the person holds at least that role. A page disables with a reason what this denies; the server decides. */
export function useCan(role: Role): boolean {
  const { user } = useSession()
  return user !== null && RANK[user.role] >= RANK[role]
}
