// Believable data for looking at pages without a backend. Documentation addresses and names only.

const HOUR = 3_600_000
const now = Date.now()
const ago = (hours) => new Date(now - hours * HOUR).toISOString()
export const uid = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

const KINDS = [
  ['gw-core', 'router', 'MikroTik', 'RouterOS 7', [22, 53, 80, 8291]],
  ['sw-floor1', 'switch', 'Aruba', 'ArubaOS-CX', [22, 443]],
  ['sw-floor2', 'switch', 'Aruba', 'ArubaOS-CX', [22, 443]],
  ['ap-hall', 'access_point', 'Ubiquiti', null, [22]],
  ['pve1', 'hypervisor', 'Supermicro', 'Debian 12', [22, 3128, 8006]],
  ['pve2', 'hypervisor', 'Supermicro', 'Debian 12', [22, 3128, 8006]],
  ['web-01', 'virtual_machine', 'Proxmox', 'Debian 12', [22, 80, 443]],
  ['web-02', 'virtual_machine', 'Proxmox', 'Debian 12', [22, 80, 443]],
  ['db-main', 'virtual_machine', 'Proxmox', 'Ubuntu 24.04', [22, 5432]],
  ['dns-cache', 'container', 'Proxmox', 'Alpine 3.20', [53]],
  ['vault', 'nas', 'Synology', 'DSM 7', [22, 80, 139, 445, 5001]],
  ['printer-office', 'printer', 'Brother', null, [80, 515, 631, 9100]],
  ['cam-yard', 'camera', 'Axis', null, [80, 554]],
  ['hue-bridge', 'iot', 'Signify', null, [80, 443]],
  ['laptop-ines', 'laptop', 'Lenovo', 'Windows 11', [135, 445, 5985]],
  ['laptop-ola', 'workstation', 'Apple', 'macOS 15', [22, 5000]],
  ['phone-kari', 'phone', 'Samsung', null, []],
  ['tv-lounge', 'tv', 'LG', 'webOS', [3000, 9080]],
  ['fw-edge', 'firewall', 'OPNsense', 'FreeBSD 14', [22, 443]],
  [null, 'unknown', 'Espressif', null, []],
]
const SERVICES = { 22: 'ssh', 53: 'domain', 80: 'http', 443: 'https', 135: 'msrpc', 139: 'netbios-ssn', 445: 'microsoft-ds', 515: 'printer', 554: 'rtsp', 631: 'ipp', 3000: 'http', 3128: 'http-proxy', 5000: 'airplay', 5001: 'https', 5432: 'postgresql', 5985: 'wsman', 8006: 'https', 8291: 'winbox', 9080: 'http', 9100: 'jetdirect' }
const PRODUCTS = { 22: ['OpenSSH', '9.2p1 Debian 2+deb12u3'], 80: ['nginx', '1.22.1'], 443: ['nginx', '1.22.1'], 5432: ['PostgreSQL DB', '15.4'], 53: ['dnsmasq', '2.90'] }

const makeDevice = (n) => {
  const [name, type, vendor, os, ports] = KINDS[n % KINDS.length]
  const round = Math.floor(n / KINDS.length)
  const address = `192.0.2.${n + 1}`
  const label = name ? (round ? `${name}-${round + 1}` : name) : address
  return {
    id: n + 1,
    uid: uid(n + 1),
    site_id: 1,
    name: label,
    hostname: name ? `${label}.example.net` : null,
    type,
    vendor,
    os,
    os_accuracy: os ? 94 : null,
    primary_address: address,
    mac: `02:42:c0:00:02:${(n + 16).toString(16).padStart(2, '0')}`,
    status: n % 7 === 6 ? 'unknown' : 'up',
    tags: n % 5 === 0 ? ['core'] : n % 5 === 3 ? ['office', 'managed'] : [],
    notes: '',
    ports_open: ports.length,
    first_seen: ago(n < 3 ? 2 + n : 400 + n * 3),
    last_seen: ago(0.05 + (n % 9) * 0.4),
    sources: n % 4 === 0 ? ['nmap', 'arp'] : ['nmap'],
    manual: false,
    _ports: ports,
    ports: ports.slice(0, 8).map((port) => ({ protocol: 'tcp', port, service: SERVICES[port] ?? null })),
  }
}
export const devices = Array.from({ length: 84 }, (_, n) => makeDevice(n))

export const portsOf = (device) =>
  device._ports.map((port, n) => ({
    id: device.id * 100 + n,
    protocol: port === 53 ? 'udp' : 'tcp',
    port,
    state: 'open',
    service: SERVICES[port] ?? null,
    product: PRODUCTS[port]?.[0] ?? null,
    version: PRODUCTS[port]?.[1] ?? null,
    extra: null,
    tunnel: port === 443 ? 'ssl' : null,
    scripts: port === 80 ? [{ name: 'http-title', output: 'Welcome <b>here</b>' }] : [],
    first_seen: device.first_seen,
    last_seen: device.last_seen,
  }))

const scan = (id, status, fields = {}) => ({
  id,
  uid: uid(900 + id),
  project_id: 1,
  project_name: 'Default',
  site_id: 1,
  name: '',
  status,
  profile: 'standard',
  options: { tcp_ports: 'top:1000', service_versions: true, timing: 'normal' },
  targets: ['192.0.2.0/24'],
  exclusions: [],
  address_count: 256,
  chunk_size: 64,
  concurrency: 2,
  host_timeout_s: 300,
  chunk_timeout_s: 1800,
  chunks: { total: 4, queued: 0, running: 0, done: 4, partial: 0, failed: 0, parked: 0, stopped: 0 },
  hosts_up: 82,
  hosts_done: 82,
  ports_open: 214,
  progress: 1,
  requested_by: 'admin',
  created_at: ago(26),
  started_at: ago(26),
  finished_at: ago(25.9),
  message: null,
  capabilities: { raw_sockets: true },
  can: { stop: false, resume: false, delete: true },
  ...fields,
})
export const scans = [
  scan(7, 'running', {
    name: 'Office, evening',
    chunks: { total: 64, queued: 33, running: 2, done: 27, partial: 1, failed: 1, parked: 0, stopped: 0 },
    hosts_up: 41,
    hosts_done: 118,
    ports_open: 97,
    progress: 0.46,
    created_at: ago(0.05),
    started_at: ago(0.05),
    finished_at: null,
    can: { stop: true, pause: true, resume: false, retry_chunks: true, delete: false },
  }),
  scan(6, 'partial', { targets: ['198.51.100.0/26'], address_count: 64, hosts_up: 11, ports_open: 40, chunks: { total: 16, queued: 0, running: 0, done: 13, partial: 1, failed: 2, parked: 0, stopped: 0 }, progress: 0.86, message: { code: 'chunks_incomplete', params: { done: 13, total: 16, hosts: 11 }, text: '13 of 16 chunks are done' }, finished_at: ago(5), can: { stop: false, resume: true, delete: true } }),
  scan(5, 'completed'),
  scan(4, 'failed', { targets: ['203.0.113.9'], address_count: 1, hosts_up: 0, ports_open: 0, progress: 0, message: { code: 'nmap_missing', params: {}, text: 'nmap is not installed' }, finished_at: ago(50) }),
]

export const networks = [
  { id: 1, uid: uid(501), site_id: 1, cidr: '192.0.2.0/24', name: 'Office', description: 'First floor and the server room', vlan: 10, scan_allowed: true, allow_public: false, tags: ['core'], device_count: 71, created_at: ago(700), confirmed_by: 'admin', confirmed_at: ago(699) },
  { id: 2, uid: uid(502), site_id: 1, cidr: '198.51.100.0/26', name: 'Workshop', description: '', vlan: 20, scan_allowed: true, allow_public: false, tags: [], device_count: 11, created_at: ago(600), confirmed_by: 'admin', confirmed_at: ago(599) },
  { id: 3, uid: uid(503), site_id: 1, cidr: '2001:db8:40::/64', name: 'Office IPv6', description: '', vlan: null, scan_allowed: false, allow_public: false, tags: [], device_count: 2, created_at: ago(500), confirmed_by: null, confirmed_at: null },
]
const proposal = (cidr, fields) => ({ cidr, interface: null, gateway: null, source: 'interface', hosts_known: 0, hosts_expected: 0, addresses: 256, seconds_estimated: 0, packets_estimated: 0, ipv6_seen: [], preselected: true, already_allowed: false, ...fields })
export const proposals = [
  proposal('192.0.2.0/24', { interface: 'eth0', gateway: '192.0.2.1', hosts_known: 12, hosts_expected: 64, seconds_estimated: 95, packets_estimated: 64_512 }),
  proposal('198.51.100.0/26', { interface: 'eth1', hosts_known: 3, hosts_expected: 16, addresses: 64, seconds_estimated: 30, packets_estimated: 16_128 }),
  proposal('2001:db8:40::/64', { interface: 'eth0', hosts_known: 7, hosts_expected: 7, addresses: 2 ** 64, seconds_estimated: 8, packets_estimated: 2_014, ipv6_seen: [1, 2, 5, 9, 11, 40, 41].map((n) => `2001:db8:40::${n}`) }),
  proposal('203.0.112.0/20', { gateway: '192.0.2.1', source: 'route', hosts_expected: 1_024, addresses: 4096, seconds_estimated: 1500, packets_estimated: 1_032_192, preselected: false }),
]
const span = (first, last, addresses, state, last_at = null) => ({ first, last, addresses, state, last_at })
export const coverage = [
  { network_id: 1, network: '192.0.2.0/24', name: 'Office', site_id: 1, scan_allowed: true, devices: 71, addresses: 256, asked_24h: 128, asked_ever: 192, never_asked: 64, indirect: 3, last_scan_at: ago(0.05), ranges: [span('192.0.2.0', '192.0.2.127', 128, 'scanned', ago(2)), span('192.0.2.128', '192.0.2.191', 64, 'scanned', ago(90)), span('192.0.2.192', '192.0.2.203', 12, 'never'), span('192.0.2.204', '192.0.2.206', 3, 'indirect'), span('192.0.2.207', '192.0.2.255', 49, 'never')] },
  { network_id: 2, network: '198.51.100.0/26', name: 'Workshop', site_id: 1, scan_allowed: true, devices: 11, addresses: 64, asked_24h: 64, asked_ever: 64, never_asked: 0, indirect: 0, last_scan_at: ago(5), ranges: [span('198.51.100.0', '198.51.100.63', 64, 'scanned', ago(5))] },
  { network_id: 4, network: '203.0.112.0/20', name: 'Cameras', site_id: 1, scan_allowed: false, devices: 2, addresses: 4096, asked_24h: 0, asked_ever: 0, never_asked: 4096, indirect: 2, last_scan_at: null, ranges: [span('203.0.112.0', '203.0.113.7', 264, 'never'), span('203.0.113.8', '203.0.113.9', 2, 'indirect'), span('203.0.113.10', '203.0.127.255', 3830, 'never')] },
  { network_id: 3, network: '2001:db8:40::/64', name: 'Office IPv6', site_id: 1, scan_allowed: true, devices: 7, addresses: 2 ** 64, asked_24h: 0, asked_ever: 2, never_asked: 2 ** 64, indirect: 5, last_scan_at: ago(5), ranges: [span('2001:db8:40::9', '2001:db8:40::9', 1, 'indirect')] },
]
const told = (n, address, source, fields = {}) => ({ address, mac: devices[n].mac, vendor: devices[n].vendor, source, interface: source === 'neighbours' ? 'eth0' : null, seen_at: ago(0.2 + n), device_id: devices[n].id, device_name: devices[n].name, network: '192.0.2.0/24', scan_allowed: true, ...fields })
export const indirect = [
  told(3, '192.0.2.204', 'neighbours'),
  told(9, '192.0.2.205', 'neighbours'),
  told(10, '192.0.2.206', 'person', { mac: null, vendor: null }),
  told(0, '2001:db8:40::9', 'neighbours', { network: '2001:db8:40::/64' }),
  told(4, '2001:db8:40::a11:ce', 'neighbours', { network: '2001:db8:40::/64' }),
  told(12, '203.0.113.8', 'snmp', { network: '203.0.112.0/20', scan_allowed: false }),
  told(13, '172.20.9.4', 'mdns', { network: null, scan_allowed: false }),
]
export const sites = [
  { id: 1, uid: uid(601), name: 'Main site', description: '', is_default: true, created_at: ago(900) },
  { id: 2, uid: uid(602), name: 'Harbour', description: 'Warehouse by the quay', is_default: false, created_at: ago(300) },
]
const user = (id, username, role, fields = {}) => ({ id, username, email: `${username}@example.net`, full_name: null, role, site_ids: [], language: null, theme: 'system', disabled: false, created_at: ago(900 - id * 50), last_login_at: ago(id * 7), ...fields })
export const users = [
  user(1, 'admin', 'admin', { full_name: 'Ines Berg' }),
  user(2, 'ola', 'operator', { full_name: 'Ola Nordmann', site_ids: [2] }),
  user(3, 'kari', 'viewer'),
  user(4, 'temp', 'viewer', { disabled: true, last_login_at: null }),
]
export const sessions = [
  { id: 1, created_at: ago(3), last_used_at: ago(0.01), address: '192.0.2.44', user_agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36', current: true },
  { id: 2, created_at: ago(70), last_used_at: ago(20), address: '192.0.2.60', user_agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1', current: false },
]
export const tokens = [
  { id: 1, name: 'Grafana', role: 'viewer', prefix: 'lan_4fk2', site_ids: [], expires_at: ago(-24 * 60), last_used_at: ago(0.2), created_at: ago(700), user_id: 1, username: 'admin' },
  { id: 2, name: 'Nightly scan', role: 'operator', prefix: 'lan_x81c', site_ids: [2], expires_at: ago(-24 * 4), last_used_at: null, created_at: ago(24), user_id: 1, username: 'admin' },
]
const ACTIONS = [
  ['scan.start', 'scan', '7', { targets: ['192.0.2.0/24'], profile: 'standard' }],
  ['network.update', 'network', '2', { scan_allowed: [false, true] }],
  ['login', 'user', '1', {}],
  ['login_failed', 'user', null, { username: 'root' }],
  ['user.create', 'user', '4', { role: 'viewer' }],
  ['api_token.create', 'api_token', '2', { name: 'Nightly scan' }],
  ['device.update', 'device', '11', { name: ['192.0.2.11', 'vault'] }],
]
export const audit = Array.from({ length: 64 }, (_, n) => {
  const [action, entity, entityId, detail] = ACTIONS[n % ACTIONS.length]
  const kind = n % 11 === 5 ? 'system' : n % 9 === 4 ? 'token' : 'user'
  return { id: 500 - n, at: ago(0.1 + n * 2.3), actor: kind === 'system' ? 'system' : kind === 'token' ? 'Grafana' : n % 3 ? 'admin' : 'ola', actor_kind: kind, action, entity, entity_id: entityId, address: kind === 'system' ? null : '192.0.2.44', detail }
})
export const projects = [
  { id: 1, uid: uid(701), name: 'Default', description: '', site_id: 1, scan_count: 6, last_scan_at: ago(0.05), created_at: ago(900) },
  { id: 2, uid: uid(702), name: 'Quarterly audit', description: 'All networks, full profile', site_id: 1, scan_count: 3, last_scan_at: ago(300), created_at: ago(800) },
]

const count = (key) => {
  const counts = new Map()
  for (const device of devices) for (const value of [key(device)].flat()) if (value != null) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1)
  return [...counts].map(([value, n]) => ({ value, count: n })).sort((a, b) => b.count - a.count)
}
export const facets = () => ({
  type: count((d) => d.type),
  vendor: count((d) => d.vendor),
  os: count((d) => d.os),
  tag: count((d) => d.tags),
  port: count((d) => d._ports),
  service: count((d) => d._ports.map((port) => SERVICES[port])),
  network: [{ value: '192.0.2.0/24', count: 71 }, { value: '198.51.100.0/26', count: 11 }],
  source: count((d) => d.sources),
})
export const overview = () => ({
  devices: { total: devices.length, up: devices.filter((d) => d.status === 'up').length, new_24h: 3, named: 1, by_type: facets().type.map(({ value, count: n }) => ({ type: value, count: n })) },
  ports: { open: 241, new_24h: 5, top: facets().port.slice(0, 8).map(({ value, count: n }) => ({ port: Number(value), service: SERVICES[value] ?? null, count: n })) },
  networks: { total: 3, allowed: 2, scanned_24h: 1, coverage: networks.map((n, i) => ({ network_id: n.id, cidr: n.cidr, name: n.name, addresses: [254, 62, 0][i], devices: n.device_count, last_scan_at: [ago(0.05), ago(5), null][i] })) },
  scans: { running: [scans[0]], recent: scans.slice(1) },
  recent_devices: devices.slice(0, 6),
  needs_setup: false,
})
export const emptyOverview = () => ({
  devices: { total: 0, up: 0, new_24h: 0, named: 0, by_type: [] },
  ports: { open: 0, new_24h: 0, top: [] },
  networks: { total: 0, allowed: 0, scanned_24h: 0, coverage: [] },
  scans: { running: [], recent: [] },
  recent_devices: [],
  needs_setup: true,
})
export const status = {
  version: '0.1.0',
  commit: 'd71adad',
  storage: { engine: 'PostgreSQL', version: '15.8', level: 'plain' },
  capabilities: { raw_sockets: false, nmap_version: '7.93' },
  limits: { scan_addresses: 65536 },
  started_at: ago(31),
  uptime_s: 31 * 3600,
  loops: { scans: { ok: true }, live: { ok: true } },
}
