import { describe, expect, it } from 'vitest'
import { asKind, KINDS, partOf, toneOf, valuesOf } from './change-words'

describe('changes in words', () => {
  it('names the part of a device that changed', () => {
    expect(partOf('port:tcp:22')).toBe('22/tcp')
    expect(partOf('version:udp:161')).toBe('161/udp')
    expect(partOf('address:ipv4:10.0.0.1')).toBe('10.0.0.1')
    expect(partOf('address:ipv6:fe80::1')).toBe('fe80::1')
    expect(partOf('address:mac:aa:bb:cc:dd:ee:ff')).toBe('aa:bb:cc:dd:ee:ff')
    expect(partOf('os')).toBe('')
    expect(partOf('')).toBe('')
  })

  it('gives every kind a sign', () => {
    expect(KINDS.filter((kind) => toneOf(kind) === 'gain')).toEqual(['device_new', 'device_returned', 'port_opened', 'address_gained'])
    expect(KINDS.filter((kind) => toneOf(kind) === 'loss')).toEqual(['device_removed', 'device_silent', 'port_closed', 'address_lost'])
  })

  it('says nothing twice', () => {
    expect(valuesOf({ kind: 'address_lost', key: 'address:ipv4:10.0.0.1', old: '10.0.0.1', new: null })).toEqual({ old: '', new: '' })
    expect(valuesOf({ kind: 'os_changed', key: 'os', old: null, new: 'Linux' })).toEqual({ old: '', new: 'Linux' })
  })

  it('takes only kinds that there are from the address', () => {
    expect(asKind('os_changed')).toBe('os_changed')
    expect(asKind('nonsense')).toBeUndefined()
  })
})
