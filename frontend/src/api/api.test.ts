import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, unwrap } from './client'
import { framesIn, lastSeq, openLive, pauseBefore, type LiveState } from './live'
import { ApiError, toApiError } from './problem'
import { accessToken, login, logout, renew, sessionState } from './session'

const user = { id: 1, username: 'ines', role: 'viewer', site_ids: [], language: 'en', theme: 'system' }
const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
const session = (token: string) => json(200, { token, token_type: 'bearer', expires_at: new Date(Date.now() + 1.8e6).toISOString(), user })

/** A fetch that answers by path; each answer is asked for anew. */
function serve(answers: Record<string, (request: Request) => Response | Promise<Response>>) {
  const calls: string[] = []
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(new URL(String(input), 'http://localhost'), init)
    const path = new URL(request.url).pathname.replace('/api/v1', '')
    calls.push(path)
    return answers[path]?.(request) ?? json(404, { code: 'not_found' })
  })
  return calls
}

afterEach(async () => {
  serve({ '/auth/logout': () => json(204, null) })
  await logout()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('session', () => {
  it('keeps the token in memory only', async () => {
    serve({ '/auth/login': () => session('t1') })
    await login('ines', 'secret')
    expect(accessToken()).toBe('t1')
    expect(JSON.stringify({ ...localStorage })).not.toContain('t1')
    expect(document.cookie).toBe('')
  })

  it('says why a login was refused', async () => {
    serve({ '/auth/login': () => json(429, { code: 'login_throttled', params: { retry_after: 41.2 } }) })
    await expect(login('ines', 'x')).rejects.toMatchObject({ code: 'login_throttled', params: { seconds: 42 } })
  })

  it('renews once for many callers', async () => {
    const calls = serve({ '/auth/refresh': () => session('t2') })
    expect(await Promise.all([renew(), renew(), renew()])).toEqual([true, true, true])
    expect(calls).toEqual(['/auth/refresh'])
  })

  it('stays logged in while the server is away, and leaves when it says no', async () => {
    serve({ '/auth/login': () => session('t3'), '/auth/refresh': () => Promise.reject(new TypeError('down')) })
    await login('ines', 'secret')
    expect(await renew()).toBe(false)
    expect(sessionState().status).toBe('in')
    serve({ '/auth/refresh': () => json(401, { code: 'session_over' }) })
    await renew()
    expect(sessionState().status).toBe('out')
  })
})

describe('client', () => {
  it('renews after a 401 and asks again, once', async () => {
    let asked = 0
    const calls = serve({
      '/auth/login': () => session('old'),
      '/auth/refresh': () => session('new'),
      '/auth/me': (request) => (++asked > 0 && request.headers.get('Authorization') === 'Bearer new' ? json(200, user) : json(401, { code: 'not_authenticated' })),
    })
    await login('ines', 'secret')
    expect(await unwrap(api.GET('/api/v1/auth/me', {}))).toMatchObject({ username: 'ines' })
    expect(calls.filter((path) => path === '/auth/refresh')).toHaveLength(1)
    expect(asked).toBe(2)
  })

  it('throws one kind of error for whatever comes', async () => {
    serve({ '/sites': () => new Response('<html>bad gateway</html>', { status: 502 }) })
    await expect(unwrap(api.GET('/api/v1/sites', {}))).rejects.toMatchObject({ code: 'server_unavailable', status: 502 })
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('down')))
    await expect(unwrap(api.GET('/api/v1/sites', {}))).rejects.toBeInstanceOf(ApiError)
    expect(toApiError(422, { code: 'validation', errors: [{ field: 'cidr', code: 'cidr_invalid' }] }).errors).toHaveLength(1)
  })
})

describe('live', () => {
  class FakeSocket {
    static all: FakeSocket[] = []
    sent: string[] = []
    onopen?: () => void
    onclose?: (event: { code: number }) => void
    onmessage?: (event: { data: string }) => void
    constructor(readonly url: string) {
      FakeSocket.all.push(this)
    }
    send = (text: string) => this.sent.push(text)
    close = () => undefined
  }

  it('authenticates by ticket and resumes after the last line it saw', async () => {
    vi.stubGlobal('WebSocket', FakeSocket)
    vi.useFakeTimers()
    FakeSocket.all = []
    const states: LiveState[] = []
    const connection = openLive('/ws/scans/7', { after: 10, onFrame: () => undefined, onState: (state) => states.push(state) }, async () => 'ticket')
    await vi.waitFor(() => expect(FakeSocket.all).toHaveLength(1))
    const [first] = FakeSocket.all
    first?.onopen?.()
    expect(JSON.parse(first?.sent[0] ?? '')).toEqual({ type: 'auth', ticket: 'ticket', after: 10 })
    first?.onmessage?.({ data: JSON.stringify({ type: 'lines', seq: 12, lines: [{ seq: 11 }, { seq: 14 }] }) })
    first?.onclose?.({ code: 1006 })
    expect(states.at(-1)).toBe('offline')
    await vi.advanceTimersByTimeAsync(20_000)
    const second = FakeSocket.all[1]
    second?.onopen?.()
    expect(JSON.parse(second?.sent[0] ?? '')).toMatchObject({ after: 14 })
    connection.close()
  })

  it('waits longer each time, with jitter and a ceiling', () => {
    expect(pauseBefore(0, 0)).toBeLessThan(pauseBefore(3, 0))
    expect(pauseBefore(0, 0)).not.toBe(pauseBefore(0, 1))
    expect(pauseBefore(50, 1)).toBe(15_000)
    expect(lastSeq({ type: 'progress', seq: 3 })).toBe(3)
  })

  it('takes the frames of a tick one by one', () => {
    const lines = { type: 'lines', seq: 2, lines: [] }
    expect(framesIn(lines)).toEqual([lines])
    expect(framesIn({ type: 'batch', seq: 2, frames: [lines, { type: 'progress', seq: 2 }] }).map((frame) => frame.type)).toEqual([
      'lines',
      'progress',
    ])
  })
})
