import { describe, expect, it } from 'vitest'
import { parseAnsi, stripAnsi } from './ansi'
import { csvCell, toCsv } from './csv'
import { formatAbout, formatBytes, formatDuration } from './format'
import { localPath } from './local-path'
import { paths } from './paths'
import { safeLink } from './safe-link'
import { absoluteTime, relativeTime } from './time'

describe('ansi', () => {
  it('turns colours into spans and drops every other sequence', () => {
    expect(parseAnsi('\u001b[1;32mup\u001b[0m \u001b]0;title\u0007now\u001b[2K')).toEqual([{ text: 'up', bold: true, color: 'green' }, { text: ' ' }, { text: 'now' }])
  })
  it('lets no control or direction character through', () => {
    expect(stripAnsi('a\u0000b\u202ec\u009bd')).toBe('abcd')
  })
  it('survives what is cut in the middle', () => {
    expect(stripAnsi('x\u001b[')).toBe('x')
  })
})

describe('csv', () => {
  it.each(['=1+1', '+A1', '@cmd', '-2+3', '\t=x'])('quotes the formula %s', (text) => expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/))
  it('keeps numbers and quotes commas', () => expect(toCsv([[-3, 'a,b', 'say "x"']])).toBe('-3,"a,b","say ""x"""\r\n'))
})

describe('format', () => {
  it('writes sizes and durations by locale', () => {
    expect(formatBytes(1_240_000, 'en')).toBe('1.2 MB')
    expect(formatDuration(200, 'en')).toBe('3 min 20 sec')
    expect(formatDuration(0, 'en')).toBe('0 sec')
  })
  it('says times relative and with zone', () => {
    const now = Date.parse('2026-11-21T12:00:00Z')
    expect(relativeTime('2026-11-21T11:56:00Z', 'en', now)).toMatch(/4 min/)
    expect(relativeTime('2026-11-21T11:59:58Z', 'en', now)).toBe('now')
    expect(absoluteTime('2026-11-21T12:00:00Z', 'en', 'UTC')).toContain('UTC')
  })
})

describe('links', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'not a link', ''])('refuses %s', (url) => expect(safeLink(url)).toBeNull())
  it('allows the web', () => expect(safeLink('https://example.net/a')).toBe('https://example.net/a'))
  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'x', undefined])('does not follow %s after login', (path) => expect(localPath(path)).toBe('/'))
  it('follows a page of ours', () => expect(localPath('/inventory/3?tab=ports')).toBe('/inventory/3?tab=ports'))
})

it('has these addresses', () => {
  const all = Object.entries(paths).map(([name, path]) => `${name} ${typeof path === 'function' ? path(7) : path}`)
  expect(all).toMatchInlineSnapshot(`
    [
      "login /login",
      "overview /",
      "inventory /inventory",
      "inbox /inbox",
      "device /inventory/7",
      "changes /changes",
      "monitors /monitors",
      "monitor /monitors/7",
      "scans /scans",
      "newScan /scans/new",
      "coverage /scans/coverage",
      "schedules /scans/schedules",
      "blackouts /scans/blackouts",
      "scan /scans/7",
      "projects /projects",
      "project /projects/7",
      "settings /settings",
      "networks /settings/networks",
      "sites /settings/sites",
      "users /settings/users",
      "tokens /settings/tokens",
      "audit /settings/audit",
      "profile /settings/profile",
      "status /settings/status",
    ]
  `)
})

it('rounds what is to come and what is only estimated', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  expect(relativeTime('2027-02-19T11:59:00Z', 'en', now)).toBe('in 3 mo.')
  expect(formatAbout(106, 'en')).toBe('2 min')
  expect(formatAbout(3, 'en')).toBe('10 sec')
  expect(formatAbout(7_200, 'en')).toBe('2 hr')
})
