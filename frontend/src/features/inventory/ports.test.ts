import { expect, it } from 'vitest'
import { serviceName, webLink } from './ports'

const port = (number: number, service: string | null, tunnel: string | null = null) => ({ port: number, protocol: 'tcp', service, tunnel })

it('links to web ports by address and number only', () => {
  expect(webLink('192.0.2.1', port(8080, 'http'))).toBe('http://192.0.2.1:8080/')
  expect(webLink('192.0.2.1', port(8443, 'http', 'ssl'))).toBe('https://192.0.2.1:8443/')
  expect(webLink('2001:db8::1', port(8006, 'https'))).toBe('https://[2001:db8::1]:8006/')
})

it('makes no link of anything else, whatever the device says', () => {
  for (const service of ['ssh', null, 'javascript:alert(1)', 'http://evil.example', 'httpx']) expect(webLink('192.0.2.1', port(22, service))).toBeNull()
  expect(webLink('javascript:alert(1)//', port(80, 'http'))).toBeNull()
  expect(webLink(null, port(80, 'http'))).toBeNull()
})

it('calls HTTP inside TLS by its own name', () => {
  expect(serviceName({ service: 'http', tunnel: 'ssl' })).toBe('https')
  expect(serviceName({ service: 'imap', tunnel: 'ssl' })).toBe('imap')
  expect(serviceName({ service: null })).toBeNull()
})
