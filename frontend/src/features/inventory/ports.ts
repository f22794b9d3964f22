import type { Port } from '@/api/types'
import { safeLink } from '@/lib/safe-link'

type Addressed = Pick<Port, 'port' | 'protocol' | 'service'> & { tunnel?: string | null }

export const portLabel = ({ port, protocol, service }: Pick<Port, 'port' | 'protocol' | 'service'>): string => `${port}/${protocol}${service ? ` ${service}` : ''}`

type Tunnelled = { service?: string | null; tunnel?: string | null }

/** Whether the name of the service says already that it is encrypted. */
export const speaksFor = ({ service, tunnel }: Tunnelled): boolean => tunnel === 'ssl' && service === 'http'

/** HTTP inside TLS has a name of its own. */
export const serviceName = (port: Tunnelled): string | null => (speaksFor(port) ? 'https' : (port.service ?? null))

/** The web address behind a port that speaks HTTP, or null: made of the address and number, never of what the device says. */
export function webLink(address: string | null, { port, protocol, service, tunnel }: Addressed): string | null {
  if (!address || protocol !== 'tcp' || !service || !/^(https?|http-proxy|http-alt|https-alt)$/.test(service)) return null
  const scheme = service.startsWith('https') || tunnel === 'ssl' ? 'https' : 'http'
  const host = address.includes(':') ? `[${address}]` : address
  return safeLink(`${scheme}://${host}:${port}/`)
}
