// A stand-in for the API while working on pages: `npm run mock`, then `npm run dev`. Never part of the build.
// MOCK_STATE=empty shows the first run, MOCK_ROLE=viewer a person who may not write. Any user name logs in, but
// "wrong" is refused and "slow" is throttled.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import * as data from './mock-data.mjs'
import * as mockScans from './mock-scans.mjs'

const EMPTY = process.env.MOCK_STATE === 'empty'
const me = { ...data.users[0], role: process.env.MOCK_ROLE ?? 'admin' }
const DIST = process.env.MOCK_DIST
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' }

const page = (items, query) => {
  const limit = Number(query.get('limit') ?? 50)
  const from = Number(query.get('cursor') ?? 0)
  const next = from + limit < items.length ? String(from + limit) : null
  return { items: items.slice(from, from + limit), total: items.length, next }
}
const sorted = (items, sort = 'name') => {
  const down = sort.startsWith('-')
  const key = { address: 'primary_address', ports: 'ports_open' }[sort.replace('-', '')] ?? sort.replace('-', '')
  return [...items].sort((a, b) => (down ? -1 : 1) * String(a[key] ?? '').localeCompare(String(b[key] ?? ''), 'en', { numeric: true }))
}
const filtered = (query) =>
  data.devices.filter(
    (d) =>
      (!query.get('q') || JSON.stringify(d).toLowerCase().includes(query.get('q').toLowerCase())) &&
      ['type', 'vendor', 'os'].every((key) => !query.get(key) || d[key] === query.get(key)) &&
      (!query.get('tag') || d.tags.includes(query.get('tag'))) &&
      (!query.get('port') || d._ports.includes(Number(query.get('port')))),
  )
const problem = (status, code, params = {}, errors = []) => ({ status, body: { type: 'about:blank', title: code, status, detail: code, code, params, errors } })
const session = () => ({ token: 'mock', token_type: 'bearer', expires_at: new Date(Date.now() + 1.8e6).toISOString(), user: me })
const list = (items) => (_, query) => ({ body: page(EMPTY ? [] : items, query) })
const byId = (items) => ([id]) => {
  const found = items.find((item) => item.id === Number(id))
  return found ? { body: found } : problem(404, 'not_found')
}
const device = ([id]) => {
  const found = data.devices.find((d) => d.id === Number(id))
  if (!found) return problem(404, 'not_found')
  const at = { first_seen: found.first_seen, last_seen: found.last_seen, source: 'nmap' }
  const fact = (value, source = 'nmap', more = {}) => ({ value, source, observed_at: found.last_seen, confidence: 0.9, pinned: false, pinned_by: null, losing: [], ...more })
  return {
    body: {
      ...found,
      addresses: [{ address: found.primary_address, kind: 'ipv4', ...at }, { address: found.mac, kind: 'mac', ...at, source: 'arp' }, { address: `2001:db8:40::${id}`, kind: 'ipv6', ...at }, ...(found.hostname ? [{ address: found.hostname, kind: 'name', ...at }] : [])],
      facts: { name: fact(found.name, 'person', { pinned: true, pinned_by: 'admin', losing: [{ value: found.hostname, source: 'nmap', observed_at: found.last_seen }] }), hostname: fact(found.hostname), type: fact(found.type), vendor: fact(found.vendor, 'arp'), os: fact(found.os), mac: fact(found.mac, 'arp') },
    },
  }
}
const chunks = mockScans.chunksFor(data.uid)
const ok = { status: 204 }
const LAST_LINE = Number(process.env.MOCK_LINES ?? 1_840)

/** Method and path, `{}` for one path part. */
const ROUTES = {
  'POST auth/login': (_, __, body) =>
    body.username === 'slow' ? problem(429, 'login_throttled', { retry_after: 42 }) : body.username === 'wrong' ? problem(401, 'wrong_credentials') : { body: session(), headers: { 'Set-Cookie': 'lanarium_refresh=mock; HttpOnly; Path=/api; SameSite=Strict' } },
  'POST auth/refresh': (_, __, ___, request) => (request.headers.cookie?.includes('lanarium_refresh=mock') ? { body: session() } : problem(401, 'unauthenticated')),
  'POST auth/logout': () => ({ status: 204, headers: { 'Set-Cookie': 'lanarium_refresh=; Max-Age=0; Path=/api' } }),
  'GET auth/me': () => ({ body: me }),
  'PATCH auth/me': (_, __, body) => ({ body: Object.assign(me, body) }),
  'POST auth/password': (_, __, body) => (body.current_password === 'wrong' ? problem(422, 'validation', {}, [{ field: 'current_password', code: 'wrong_password' }]) : ok),
  'GET auth/sessions': list(data.sessions),
  'DELETE auth/sessions/{}': () => ok,
  'POST auth/ws-ticket': () => ({ body: { ticket: 'mock', expires_at: new Date(Date.now() + 30_000).toISOString() } }),
  'GET users': (_, query) => ({ body: page(data.users, query) }),
  'POST users': (_, __, body) => (data.users.some((u) => u.username === body.username) ? problem(409, 'username_taken', {}, [{ field: 'username', code: 'username_taken' }]) : { status: 201, body: { ...data.users[2], ...body, id: 99 } }),
  'PATCH users/{}': ([id], __, body) => ({ body: Object.assign(data.users.find((u) => u.id === Number(id)), body) }),
  'DELETE users/{}': ([id]) => (id === '1' ? problem(409, 'last_admin') : ok),
  'GET api-tokens': list(data.tokens),
  'POST api-tokens': (_, __, body) => ({ status: 201, body: { ...data.tokens[0], ...body, id: 9, token: 'lan_4fk2_Zx81kTq0pLmW93vRbYcNd5sHj7uGeA2' } }),
  'DELETE api-tokens/{}': () => ok,
  'GET audit-events': (_, query) => ({ body: page(data.audit.filter((e) => ['actor', 'action', 'entity'].every((key) => !query.get(key) || e[key] === query.get(key))), query) }),
  'GET sites': (_, query) => ({ body: page(EMPTY ? data.sites.slice(0, 1) : data.sites, query) }),
  'POST sites': (_, __, body) => ({ status: 201, body: { ...data.sites[1], ...body, id: 9 } }),
  'PATCH sites/{}': ([id], __, body) => ({ body: Object.assign(data.sites.find((s) => s.id === Number(id)), body) }),
  'DELETE sites/{}': () => problem(400, 'site_in_use', {}, [{ field: 'networks', code: 'in_use', params: { count: 2 } }, { field: 'devices', code: 'in_use', params: { count: 82 } }]),
  'GET networks/proposals': () => ({ body: { items: data.proposals, total: data.proposals.length, next: null } }),
  'GET coverage': list(data.coverage),
  'GET coverage/indirect': list(data.indirect),
  'POST coverage/neighbours': () => ({ body: { heard: 9, stored: 2, at: new Date().toISOString() } }),
  'GET networks': list(data.networks),
  'POST networks': (_, __, body) => (body.cidr.includes('/') ? { status: 201, body: { ...data.networks[0], ...body, id: 9 } } : problem(422, 'validation', {}, [{ field: 'cidr', code: 'invalid_cidr', params: { value: body.cidr } }])),
  'PATCH networks/{}': ([id], __, body) => ({ body: Object.assign(data.networks.find((n) => n.id === Number(id)), body) }),
  'DELETE networks/{}': () => ok,
  'GET projects': list(data.projects),
  'GET projects/{}': byId(data.projects),
  'GET projects/{}/scans': list(data.scans),
  'GET scan-profiles': () => ({ body: { items: ['quick', 'standard', 'full', 'custom'].map((name) => ({ name, summary_code: `profile_${name}`, options: data.scans[0].options, available: true, limitations: [] })), total: 4, next: null, option_schema: mockScans.optionSchema, scripts: mockScans.scripts } }),
  'POST targets/expand': (_, __, body) => {
    const { errors, meaning } = mockScans.expand(body.targets)
    return errors.length > 0 ? problem(422, errors[0].code, errors[0].params, errors) : { body: meaning }
  },
  'POST scans/start': () => ({ status: 201, body: data.scans[0] }),
  'GET scans': (_, query) => ({ body: page(EMPTY ? [] : data.scans.filter((s) => !query.get('status') || s.status === query.get('status')), query) }),
  'GET scans/{}': byId(data.scans),
  'POST scans/{}/stop': byId(data.scans),
  'POST scans/{}/resume': byId(data.scans),
  'DELETE scans/{}': () => ok,
  'GET scans/{}/chunks': list(chunks),
  'GET scans/{}/hosts': (_, query) => ({ body: page(data.devices.slice(0, 40).map((d) => ({ id: d.id, scan_id: 7, address: d.primary_address, hostname: d.hostname, mac: d.mac, vendor: d.vendor, os: d.os, device_id: d.id, ports_open: d.ports_open, observed_at: d.last_seen, ports: data.portsOf(d) })), query) }),
  'GET scans/{}/heatmap': () => ({ body: mockScans.heatmap(data.devices) }),
  'GET scans/{}/difficult-targets': ([id], query) => ({ body: page(id === '7' ? mockScans.difficult : [], query) }),
  'POST scans/{}/difficult-targets/{}/retry': () => ({ body: mockScans.difficult[0] }),
  'GET scans/{}/compare': ([id], query) => (id === '4' ? problem(404, 'nothing_to_compare') : { body: page(mockScans.differences.filter((item) => !query.get('kind') || item.kind === query.get('kind')), query) }),
  'POST scans/{}/chunks/{}/retry': () => ({ body: chunks[11] }),
  'POST scans/{}/chunks/{}/split': () => ({ body: chunks[11] }),
  'POST scans/{}/pause': byId(data.scans),
  'POST scans/import': () => ({ status: 201, body: data.scans[2] }),
  'GET scan-schedules': list(mockScans.schedules),
  'POST scan-schedules': (_, __, body) => ({ status: 201, body: { ...mockScans.schedules[0], ...body, id: 9 } }),
  'PATCH scan-schedules/{}': ([id], __, body) => ({ body: Object.assign(mockScans.schedules.find((item) => item.id === Number(id)), body) }),
  'DELETE scan-schedules/{}': () => ok,
  'POST scan-schedules/{}/run': () => ({ status: 201, body: data.scans[0] }),
  'GET blackout-windows': list(mockScans.blackouts),
  'POST blackout-windows': (_, __, body) => ({ status: 201, body: { ...mockScans.blackouts[0], ...body, id: 9 } }),
  'PATCH blackout-windows/{}': ([id], __, body) => ({ body: Object.assign(mockScans.blackouts.find((item) => item.id === Number(id)), body) }),
  'DELETE blackout-windows/{}': () => ok,
  'GET scans/{}/lines': (_, query) => {
    const wanted = query.get('q')?.toLowerCase()
    const chunk = query.get('chunk')
    if (wanted || chunk) {
      const all = Array.from({ length: LAST_LINE }, (__, n) => mockScans.lineAt(data.devices, n + 1)).filter((line) => (!wanted || line.text.toLowerCase().includes(wanted)) && (!chunk || line.chunk === Number(chunk)))
      return { body: { items: all.filter((line) => line.seq > Number(query.get('after') ?? 0)).slice(0, 500), total: all.length, next: null } }
    }
    const after = Number(query.get('after') ?? 0)
    const limit = Number(query.get('limit') ?? 500)
    const items = Array.from({ length: Math.max(0, Math.min(limit, LAST_LINE - after)) }, (__, n) => mockScans.lineAt(data.devices, after + n + 1))
    return { body: { items, total: LAST_LINE, next: null } }
  },
  'GET scans/{}/artifacts': list(chunks.flatMap((chunk) => chunk.artifacts)),
  'GET devices': (_, query) => ({ body: page(EMPTY ? [] : sorted(filtered(query), query.get('sort') ?? 'name'), query) }),
  'POST devices': (_, __, body) => ({ status: 201, body: { ...data.devices[0], ...body } }),
  'GET devices/facets': () => ({ body: data.facets() }),
  'GET devices/{}': device,
  'PATCH devices/{}': device,
  'DELETE devices/{}': () => ok,
  'GET devices/{}/ports': ([id], query) => ({ body: page(data.portsOf(data.devices[id - 1]), query) }),
  'GET devices/{}/observations': ([id], query) => ({ body: page([1, 2, 3].map((n) => ({ id: n, uid: data.devices[n].uid, source: n === 2 ? 'arp' : 'nmap', scan_id: n === 2 ? null : 7, observed_at: data.devices[n].last_seen, address: data.devices[id - 1].primary_address, facts: { hostname: data.devices[id - 1].hostname, vendor: data.devices[id - 1].vendor } })), query) }),
  'GET targets/{}/history': list([]),
  'GET tags': list([{ id: 1, name: 'core', color: null, count: 17 }, { id: 2, name: 'office', color: null, count: 17 }]),
  'GET search': (_, query) => ({ body: { items: filtered(query).slice(0, 6).map((d) => ({ kind: 'device', id: d.id, title: d.name, subtitle: d.primary_address, link: `/inventory/${d.id}` })), total: 6, next: null } }),
  'GET overview': () => ({ body: EMPTY ? data.emptyOverview() : data.overview() }),
  'GET extensions': list([{ kind: 'source', name: 'nmap', summary: 'Finds devices and their ports', options_schema: {} }]),
}

function route(request, body) {
  const url = new URL(request.url, 'http://mock')
  if (url.pathname === '/status') return { body: data.status }
  const path = url.pathname.replace(/^\/api\/(v1\/)?/, '')
  const matches = Object.entries(ROUTES).flatMap(([pattern, answer]) => {
    const [method, shape] = pattern.split(' ')
    const found = method === request.method && new RegExp(`^${shape.replaceAll('{}', '([^/]+)')}$`).exec(path)
    return found ? [[found.slice(1), answer]] : []
  })
  // The pattern with fewer holes is the more exact one.
  const [params, answer] = matches.sort((a, b) => a[0].length - b[0].length)[0] ?? []
  return answer ? answer(params, url.searchParams, body, request) : problem(404, 'not_found')
}

function serveFile(request, response) {
  const path = normalize(new URL(request.url, 'http://mock').pathname)
  const file = extname(path) ? path : '/index.html'
  try {
    const content = readFileSync(join(DIST, file))
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': CSP })
    response.end(content)
  } catch {
    response.writeHead(404).end()
  }
}

const server = createServer(async (request, response) => {
  if (DIST && !/^\/(api|status)/.test(request.url)) return serveFile(request, response)
  const parts = []
  for await (const part of request) parts.push(part)
  const text = Buffer.concat(parts).toString()
  const { status = 200, body, headers = {} } = route(request, text ? JSON.parse(text) : {})
  response.writeHead(status, { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json', 'Cache-Control': 'no-store', ...headers })
  response.end(status === 204 ? undefined : JSON.stringify(body))
})

const textFrame = (value) => {
  const payload = Buffer.from(JSON.stringify(value))
  const head = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255])
  return Buffer.concat([head, payload])
}
server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
  let seq = LAST_LINE
  let progress = 0.46
  socket.write(textFrame({ type: 'hello', seq: 0, after: seq }))
  const timer = request.url.startsWith('/ws/scans')
    ? setInterval(() => {
        seq += 1
        progress = Math.min(0.99, progress + 0.001)
        socket.write(textFrame({ type: 'lines', seq, chunk: mockScans.lineAt(data.devices, seq).chunk, first_seq: seq, lines: [mockScans.lineAt(data.devices, seq)] }))
        if (seq % 5 === 0) socket.write(textFrame({ type: 'progress', seq, progress, hosts_up: 41 + (seq % 40), hosts_done: 120 + (seq % 40), ports_open: 97 + (seq % 90) }))
      }, 700)
    : undefined
  socket.on('error', () => undefined).on('close', () => clearInterval(timer))
})
server.listen(Number(process.env.MOCK_PORT ?? 8099), '127.0.0.1', () => console.log(`mock API on port ${server.address().port}`))
