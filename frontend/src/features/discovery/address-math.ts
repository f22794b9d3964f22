/** Just enough arithmetic on addresses to say which line of a person's list a refused range came from. The server decides; this only points. */

export type Span = { version: 4 | 6; first: bigint; last: bigint }

function parseIpv4(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return null
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n)
}

function parseIpv6(text: string): bigint | null {
  if (!/^[0-9a-f:]+$/i.test(text)) return null
  const [head = '', tail, more] = text.split('::')
  if (more !== undefined) return null
  const groups = (part: string) => (part ? part.split(':') : [])
  const left = groups(head)
  const right = groups(tail ?? '')
  const missing = 8 - left.length - right.length
  if (tail === undefined ? missing !== 0 : missing < 1) return null
  const all = [...left, ...Array<string>(missing).fill('0'), ...right]
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null
  return all.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n)
}

function parseAddress(text: string): { version: 4 | 6; value: bigint } | null {
  const four = parseIpv4(text)
  if (four !== null) return { version: 4, value: four }
  const six = parseIpv6(text)
  return six === null ? null : { version: 6, value: six }
}

/** The span of "10.0.0.1", "10.0.0.0/24", "10.0.0.1-20" or "10.0.0.1-10.0.0.20"; null for a name or anything else. */
export function parseSpan(text: string): Span | null {
  const [address = '', prefix] = text.split('/')
  if (prefix !== undefined) return networkSpan(address, prefix)
  const [low = '', high] = text.split('-')
  const first = parseAddress(low)
  if (!first) return null
  if (high === undefined) return { version: first.version, first: first.value, last: first.value }
  const last = parseAddress(/^\d{1,3}$/.test(high) ? `${low.slice(0, low.lastIndexOf('.'))}.${high}` : high)
  return last && last.version === first.version && last.value >= first.value ? { version: first.version, first: first.value, last: last.value } : null
}

function networkSpan(address: string, prefix: string): Span | null {
  const base = parseAddress(address)
  const bits = base?.version === 4 ? 32 : 128
  if (!base || !/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return null
  const size = 1n << BigInt(bits - Number(prefix))
  const first = base.value - (base.value % size)
  return { version: base.version, first, last: first + size - 1n }
}

export const overlaps = (a: Span, b: Span): boolean => a.version === b.version && a.first <= b.last && b.first <= a.last

const formatIpv4 = (value: bigint): string => [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.')

/** The network to offer for a refused range: itself when it is one, else the /24 (or wider) around it. Null for IPv6 ranges that are no network. */
export function networkAround(text: string): string | null {
  const span = parseSpan(text)
  if (!span || (text.includes('/') && span.last > span.first)) return span ? text : null
  if (span.version === 6) return null
  let prefix = 24
  const start = () => span.first - (span.first % (1n << BigInt(32 - prefix)))
  while (prefix > 8 && start() + (1n << BigInt(32 - prefix)) - 1n < span.last) prefix -= 1
  return `${formatIpv4(start())}/${prefix}`
}
