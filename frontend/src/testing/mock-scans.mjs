// Scans for the mock API: one that runs while you look, one that ended in pieces, and what targets mean.

const SCHEMA_NULLABLE = (type, more) => ({ anyOf: [{ type, ...more }, { type: 'null' }] })
export const optionSchema = {
  type: 'object',
  properties: {
    host_discovery: { enum: ['default', 'all_up', 'arp', 'tcp'], type: 'string', default: 'default' },
    tcp_ports: { ...SCHEMA_NULLABLE('string'), default: 'top:1000' },
    udp_ports: { ...SCHEMA_NULLABLE('string'), default: null },
    service_versions: { type: 'boolean', default: false },
    version_intensity: { type: 'integer', minimum: 0, maximum: 9, default: 7 },
    os_detection: { type: 'boolean', default: false },
    scripts: { type: 'array', items: { type: 'string' }, default: [] },
    timing: { enum: ['polite', 'normal', 'aggressive'], type: 'string', default: 'normal' },
    max_rate: { ...SCHEMA_NULLABLE('integer', { minimum: 1, maximum: 10000 }), default: null },
    resolve_names: { type: 'boolean', default: true },
  },
}
export const scripts = ['banner', 'dns-service-discovery', 'http-server-header', 'http-title', 'nbstat', 'nfs-showmount', 'ntp-info', 'rdp-ntlm-info', 'smb-os-discovery', 'smb2-security-mode', 'snmp-info', 'ssh-hostkey', 'ssl-cert', 'vmware-version', 'vnc-info']

const wrongLine = (entry) => {
  if (entry.startsWith('-')) return { code: 'target_looks_like_an_option' }
  if (/^\d+\.\d+$/.test(entry)) return { code: 'target_short_form' }
  if (/(^|\.)(2[6-9]\d|[3-9]\d\d)(\.|$)/.test(entry)) return { code: 'target_bad_octet' }
  if (entry.startsWith('203.')) return { code: 'scope_not_allowed', params: { range: entry, host: '', considered: '192.0.2.0/24, 198.51.100.0/26' } }
  return null
}

/** The problems of a list of targets, or what it means. */
export function expand(text) {
  const lines = (Array.isArray(text) ? text.join('\n') : String(text)).split('\n')
  const errors = lines.flatMap((entry, index) => {
    const wrong = entry.trim() && wrongLine(entry.trim())
    return wrong ? [{ field: 'targets', detail: '', ...wrong, params: wrong.params ?? { line: index + 1, text: entry.trim() } }] : []
  })
  const names = lines.filter((line) => /^[a-z]/.test(line)).map((name) => ({ name: name.trim(), addresses: ['192.0.2.11'] }))
  const count = lines.reduce((sum, line) => sum + (line.includes('/24') ? 256 : line.includes('/26') ? 64 : line.trim() ? 1 : 0), 0)
  return { errors, meaning: { address_count: count, ranges: lines, names, networks: [{ cidr: '192.0.2.0/24', name: 'Office' }], chunks_estimated: Math.ceil(count / 64), seconds_estimated: Math.max(4, count * 0.7) } }
}

const TOTAL = 64
const STATUS = (n) => (n < 29 ? (n === 11 ? 'partial' : n === 17 ? 'failed' : 'done') : n < 31 ? 'running' : 'queued')
const MESSAGES = {
  partial: { code: 'chunk_deadline', params: { seconds: 3600 }, text: 'Stopped after 3600 s, the longest time a chunk may take' },
  failed: { code: 'nmap_killed', params: { signal: 9 }, text: 'nmap was killed by signal 9' },
}
const file = (uid, n, kind) => ({ uid: uid(7000 + n * 3 + ['xml', 'nmap', 'gnmap'].indexOf(kind)), scan_id: 7, chunk_id: n + 1, kind, size: 9_000 + n * 1_313, complete: !(n === 11 && kind === 'xml'), created_at: new Date(Date.now() - 60_000 * (40 - n)).toISOString() })

export function chunksFor(uid) {
  return Array.from({ length: TOTAL }, (_, n) => {
    const status = STATUS(n)
    const started = status === 'queued' ? null : new Date(Date.now() - 60_000 * (42 - n)).toISOString()
    const over = !['queued', 'running'].includes(status)
    return {
      id: n + 1,
      uid: uid(3000 + n),
      number: n + 1,
      targets: [`192.0.2.${n * 4}/30`],
      target_count: 4,
      status,
      attempts: status === 'queued' ? 0 : n === 17 ? 3 : 1,
      started_at: started,
      finished_at: over ? new Date(Date.parse(started) + 47_000 + n * 900).toISOString() : null,
      hosts_up: status === 'queued' ? 0 : [2, 1, 3, 0][n % 4],
      hosts_done: over && status !== 'failed' ? 4 : status === 'running' ? 1 : 0,
      message: MESSAGES[status] ?? null,
      artifacts: over && status !== 'failed' ? ['xml', 'nmap', 'gnmap'].map((kind) => file(uid, n, kind)) : [],
    }
  })
}

const TALK = [
  (d) => `Nmap scan report for ${d.hostname ?? d.primary_address} (${d.primary_address})`,
  (d, n) => `Host is up (0.000${(n % 8) + 1}3s latency).`,
  () => 'Not shown: 995 closed tcp ports (reset)',
  () => 'PORT     STATE SERVICE     VERSION',
  () => '\u001b[32m22/tcp   open\u001b[0m  ssh         OpenSSH 9.2p1 Debian 2+deb12u3 (protocol 2.0)',
  () => '\u001b[32m80/tcp   open\u001b[0m  http        nginx 1.22.1',
  () => '|_http-title: Welcome <script>alert(1)</script>',
  () => '\u001b[32m443/tcp  open\u001b[0m  ssl/http    nginx 1.22.1',
  (d) => `MAC Address: ${d.mac.toUpperCase()} (${d.vendor ?? 'Unknown'})`,
  () => '',
]

/** Line number `seq` of the running scan's log. */
export function lineAt(devices, seq) {
  const n = seq - 1
  const device = devices[Math.floor(n / TALK.length) % devices.length]
  const note = n % 130 === 0
  const err = n % 173 === 172
  return {
    seq,
    chunk: 1 + (Math.floor(n / 60) % 31),
    text: note ? `Chunk ${1 + Math.floor(n / 60)} of 64 started: 192.0.2.${(Math.floor(n / 60) * 4) % 256}/30` : err ? 'RTTVAR has grown to over 2.3 seconds, decreasing to 2.0' : TALK[n % TALK.length](device, n),
    at: new Date(Date.now() - 900_000 + n * 500).toISOString(),
    kind: note ? 'note' : err ? 'err' : 'out',
  }
}

const address = (n) => `192.0.2.${n}`
/** Where the running scan is: one cell an address. */
export function heatmap(devices) {
  const cells = Array.from({ length: 256 }, (_, n) => {
    const chunk = Math.floor(n / 4)
    const status = STATUS(chunk)
    const waiting = status === 'queued' || (status === 'running' && n % 4 > 1)
    const up = !waiting && [0, 1, 3].includes((n * 7 + (n >> 3)) % 5) && n < 120 ? 1 : 0
    const device = devices[n % devices.length]
    return { first: address(n), last: address(n), addresses: 1, asked: waiting ? 0 : 1, up, ports: up ? device._ports.length : 0, difficult: [37, 88, 103].includes(n) ? 1 : 0, status: status === 'partial' || status === 'failed' ? status : status === 'running' && waiting ? 'running' : waiting ? 'queued' : 'done' }
  })
  return { cells }
}
const targetAt = (id, n, code, params, state, hours) => ({ id, address: address(n), device_id: code === 'tarpit' ? null : n + 1, code, params, text: '', chunk: 1 + Math.floor(n / 4), seen_at: new Date(Date.now() - hours * 60_000).toISOString(), state })
export const difficult = [
  targetAt(1, 37, 'tarpit', { ports: 1_000 }, 'parked', 12),
  targetAt(2, 88, 'timed_out', { seconds: 300 }, 'parked', 7),
  targetAt(3, 103, 'drip', { ports: 6 }, 'retried', 3),
  { ...targetAt(4, 12, 'odd_new_code', {}, 'released', 30), text: 'Something that only the server knows a sentence for' },
]
const change = (kind, n, port = null, before = null, after = null) => ({ kind, address: address(n), device_id: n + 1, port, old: before, new: after })
export const differences = [
  change('host_new', 44, null, null, 'laptop-ines-3'),
  change('host_gone', 61, null, 'hue-bridge-3', null),
  change('port_opened', 4, '8006/tcp', null, 'https Proxmox'),
  change('port_closed', 11, '515/tcp', 'printer', null),
  change('service_changed', 6, '22/tcp', 'OpenSSH 9.2p1 Debian 2+deb12u2', 'OpenSSH 9.2p1 Debian 2+deb12u3'),
  change('os_changed', 15, null, 'macOS 14', 'macOS 15'),
  change('name_changed', 13, null, 'hue', 'hue-bridge.example.net'),
]
const schedule = (id, name, fields) => ({ id, uid: `00000000-0000-4000-8000-0000000081${id}0`, site_id: 1, project_id: 1, name, targets: ['192.0.2.0/24'], exclusions: [], profile: 'quick', options: null, cron: '0 2 * * *', timezone: 'Europe/Oslo', enabled: true, next_run_at: new Date(Date.now() + 7 * 3_600_000).toISOString(), last_run_at: new Date(Date.now() - 17 * 3_600_000).toISOString(), last_scan_id: 5, last_skipped: null, ...fields })
export const schedules = [
  schedule(1, 'Office, every night', {}),
  schedule(2, 'Everything, on Sundays', { cron: '30 3 * * 0', profile: 'full', targets: ['192.0.2.0/24', '198.51.100.0/26'], last_skipped: { at: new Date(Date.now() - 40 * 3_600_000).toISOString(), code: 'blackout' } }),
  schedule(3, 'Cameras', { cron: '*/30 8-17 * * 1-5', enabled: false, next_run_at: null, last_run_at: null, last_scan_id: null, targets: ['203.0.113.8-20'] }),
]
export const blackouts = [
  { id: 1, uid: '00000000-0000-4000-8000-000000008201', site_id: 1, name: 'Office hours', cron: '0 8 * * 1-5', duration_min: 540, timezone: 'Europe/Oslo', networks: ['192.0.2.0/24'], enabled: true, active_now: true, next_start_at: new Date(Date.now() + 20 * 3_600_000).toISOString() },
  { id: 2, uid: '00000000-0000-4000-8000-000000008202', site_id: 1, name: 'Backups', cron: '0 1 * * *', duration_min: 90, timezone: 'Europe/Oslo', networks: [], enabled: true, active_now: false, next_start_at: new Date(Date.now() + 6 * 3_600_000).toISOString() },
]
