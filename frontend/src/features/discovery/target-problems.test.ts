import { describe, expect, it } from 'vitest'
import { ApiError } from '@/api/problem'
import { networkAround, overlaps, parseSpan } from './address-math'
import { listProblems } from './target-problems'

const refused = (...errors: { field: string; code: string; params?: Record<string, string | number> }[]) => new ApiError({ status: 422, code: 'scope_refused', errors })

describe('what the server refuses, at its line', () => {
  const text = '192.0.2.0/24\n-oN /etc/x\n203.0.113.1-20, 192.0.2.9\nnas.lan\n2001:db8::/120'

  it('takes the line that a parse error names', () => {
    const found = listProblems(text, refused({ field: 'targets', code: 'target_looks_like_an_option', params: { line: 2, text: '-oN' } }), 'targets')
    expect(found.lines.map(({ line, code }) => [line, code])).toEqual([[2, 'target_looks_like_an_option']])
  })

  it('finds the line that a refused range came from', () => {
    const error = refused({ field: 'body.targets', code: 'scope_not_allowed', params: { range: '203.0.113.8-203.0.113.20', host: '', considered: '' } })
    expect(listProblems(text, error, 'targets').lines.map(({ line }) => line)).toEqual([3])
  })

  it('finds a refused IPv6 range and a refused name', () => {
    const error = refused(
      { field: 'targets', code: 'scope_not_allowed', params: { range: '2001:db8::10', host: '' } },
      { field: 'targets', code: 'name_does_not_resolve', params: { host: 'nas.lan' } },
    )
    expect(listProblems(text, error, 'targets').lines.map(({ line }) => line)).toEqual([4, 5])
  })

  it('keeps what belongs to no line for the whole list, and other fields for theirs', () => {
    const error = refused({ field: 'targets', code: 'too_many_addresses', params: { count: 70_000, limit: 65_536 } }, { field: 'exclusions', code: 'target_wildcard', params: { line: 1 } })
    const found = listProblems(text, error, 'targets')
    expect(found.lines).toEqual([])
    expect(found.rest.map(({ code }) => code)).toEqual(['too_many_addresses'])
  })
})

describe('address arithmetic', () => {
  it('reads addresses, networks and ranges, and nothing else', () => {
    expect(parseSpan('10.0.0.1-4')).toEqual(parseSpan('10.0.0.1-10.0.0.4'))
    expect(parseSpan('10.0.0.77/24')).toEqual(parseSpan('10.0.0.0-10.0.0.255'))
    for (const text of ['nas.lan', '300.1.1.1', '10.0.0.9-2', '1::2::3', '10.0.0.0/33']) expect(parseSpan(text)).toBeNull()
  })

  it('knows when two spans meet', () => {
    const [a, b] = [parseSpan('::1:0-::1:ff'), parseSpan('::1:80')]
    expect(a && b && overlaps(a, b)).toBe(true)
  })

  it('offers the network around what was refused', () => {
    expect(networkAround('203.0.113.9')).toBe('203.0.113.0/24')
    expect(networkAround('203.0.113.0/26')).toBe('203.0.113.0/26')
    expect(networkAround('203.0.112.250-203.0.113.4')).toBe('203.0.112.0/23')
    expect(networkAround('2001:db8::1')).toBeNull()
  })
})
