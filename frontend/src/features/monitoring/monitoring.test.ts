import { describe, expect, it } from 'vitest'
import type { Monitor, Series, StateInterval } from '@/api/types'
import { nextRun } from './cells'
import { groupsOf, seriesKey, shownSeries } from './chart/groups'
import { join, lonely, shape, summary } from './chart/shape'
import { splitControls, withOwn } from './ConfigFields'
import { bodyOf, draftOf } from './draft'
import { filtersFrom, isFiltered } from './filters'
import { liveOf, newer, withLive, type Live } from './live'
import { beatsOf, outages, spansOf, uptime } from './page/beats'
import { rangeFrom, shifted, toPiece, toPreset, wider } from './page/range'
import { sparkPaths } from './Sparkline'
import { groupsOf as requestGroups } from './sparklines'
import { linesOf, QUIET, step } from './trace'

const MINUTE = 60_000
const NOON = Date.parse('2026-03-01T12:00:00Z')
const at = (minutes: number): string => new Date(NOON + minutes * MINUTE).toISOString()

const monitor = (more: Partial<Monitor> = {}): Monitor =>
  ({ id: 1, enabled: true, state: 'up', since: at(-60), checked_at: at(-1), last_attempted: at(-1), polling_interval: 60, latency_ms: 4, failures: 0, reason: null, last_error: null, last_error_at: null, last_polled: at(-1), ...more }) as Monitor
const heard = (more: Partial<Live> = {}): Live => ({ at: at(0), up: true, state: 'up', since: at(-60), latency_ms: 7, failures: 0, reason: null, last_error: null, last_failure: null, values: { latency_ms: 7 }, provisional: true, ...more })

describe('a live value', () => {
  it('changes a row in place, and never by something older', () => {
    expect(withLive(monitor(), heard())).toMatchObject({ latency_ms: 7, checked_at: at(0), last_polled: at(0) })
    const older = monitor({ checked_at: at(1) })
    expect(withLive(older, heard())).toBe(older)
    expect(newer(heard({ at: at(2) }), heard({ at: at(1) })).at).toBe(at(2))
    expect(newer(heard(), heard({ provisional: false })).provisional).toBe(false)
  })

  it('does not wake a monitor that somebody paused', () => {
    const paused = monitor({ enabled: false, state: 'paused' })
    expect(withLive(paused, heard())).toBe(paused)
  })

  it('keeps why a check failed', () => {
    const failure = { code: 'connection_refused', params: {}, text: 'Nobody listens' }
    const row = withLive(monitor(), heard({ up: false, failures: 1, last_error: 'Nobody listens', last_failure: failure }))
    expect(row).toMatchObject({ last_error: 'Nobody listens', last_failure: failure, last_error_at: at(0), last_polled: at(-1), failures: 1 })
  })

  it('is read from frames of monitors only', () => {
    expect(liveOf({ type: 'update', entity: 'storage', fields: {} })).toBeNull()
    expect(liveOf({ type: 'update', entity: 'monitor', fields: { changed: true } })).toBeNull()
    expect(liveOf({ type: 'update', entity: 'monitor', provisional: true, fields: { at: at(0), state: 'down', up: false } })).toMatchObject({ state: 'down', provisional: true, values: {} })
  })
})

it('says when a monitor is asked next: its last turn plus its interval', () => {
  expect(nextRun(monitor())).toBe(at(0))
  expect(nextRun(monitor({ enabled: false }))).toBeNull()
  expect(nextRun(monitor({ checked_at: null, last_attempted: null }))).toBeNull()
})

describe('a range', () => {
  it('is a usual length that ends now, or the piece that the URL names', () => {
    expect(rangeFrom({}, NOON)).toMatchObject({ preset: '6h', to: NOON, from: NOON - 360 * MINUTE })
    expect(rangeFrom({ range: '1h' }, NOON).preset).toBe('1h')
    expect(rangeFrom({ range: 'ever' }, NOON).preset).toBe('6h')
    expect(rangeFrom({ from: at(-10), to: at(-5) }, NOON)).toEqual({ from: NOON - 10 * MINUTE, to: NOON - 5 * MINUTE, preset: null })
    expect(rangeFrom({ from: at(-5), to: at(-10) }, NOON).preset).toBe('6h')
  })

  it('is never shorter than a minute, nor wider than what has been', () => {
    const tiny = toPiece(NOON, NOON + 1_000)
    expect(Date.parse(String(tiny['to'])) - Date.parse(String(tiny['from']))).toBe(MINUTE)
    const out = wider({ from: NOON - 60 * MINUTE, to: NOON, preset: '1h' }, NOON)
    expect(out).toMatchObject({ to: '2026-03-01T12:00:00Z', from: '2026-03-01T09:00:00Z' })
    expect(shifted({ from: NOON - 60 * MINUTE, to: NOON, preset: '1h' }, -1, NOON)).toMatchObject({ from: '2026-03-01T10:30:00Z', to: '2026-03-01T11:30:00Z' })
    expect(toPreset('6h')).toEqual({ range: undefined, from: undefined, to: undefined })
  })
})

describe('a chart', () => {
  const rows = [0, 1, 2, 6, 7].map((minute) => ({ timestamp: at(minute), latency_ms: minute, latency_ms_min: minute - 1, latency_ms_max: minute + 1 }))

  it('shows a gap where nothing was measured, and a band where values were averaged', () => {
    const { times, columns } = shape(rows, ['latency_ms'], 60)
    expect(times.map((time) => (time * 1000 - NOON) / MINUTE)).toEqual([0, 1, 2, 3, 6, 7])
    expect(columns['latency_ms']?.mean).toEqual([0, 1, 2, null, 6, 7])
    expect(columns['latency_ms']?.high).toEqual([1, 2, 3, null, 7, 8])
    expect(shape(rows.map(({ timestamp, latency_ms }) => ({ timestamp, latency_ms })), ['latency_ms'], 60).columns['latency_ms']?.low).toBeNull()
  })

  it('joins series over one axis', () => {
    const column = (...mean: number[]) => ({ mean, low: null, high: null })
    expect(join([{ times: [1, 2], column: column(10, 20) }, { times: [2, 3], column: column(5, 6) }])).toEqual({ times: [1, 2, 3], columns: [column(10, 20), column(5, 6)].map((_, index) => ({ mean: index === 0 ? [10, 20, null] : [null, 5, 6], low: null, high: null })) })
  })

  it('dots a point without neighbours, and says itself in numbers', () => {
    expect(lonely([1, null, 2, 3, null, 4])).toEqual([0, 5])
    expect(summary({ mean: [1, null, 3], low: [0, null, 2], high: [5, null, 4] })).toEqual({ last: 3, low: 0, high: 5, mean: 2 })
    expect(summary({ mean: [null], low: null, high: null }).last).toBeNull()
  })

  it('is there for what was measured, one for each unit, and one for each kind of labelled value', () => {
    const series = ['eth0', 'eth1'].map((name) => ({ name: 'if_in_ps', labels: { interface: name } }) as unknown as Series)
    const groups = groupsOf((name) => ['latency_ms', 'net_recv_ps', 'net_sent_ps'].includes(name), series, () => 'bytes_per_second')
    expect(groups.map((group) => group.id)).toEqual(['latency', 'network', 'series.if_in_ps'])
    expect(shownSeries(series, [seriesKey(series[1] as Series)])).toEqual([series[1]])
    expect(shownSeries(series, ['gone'])).toHaveLength(2)
  })
})

describe('heartbeats', () => {
  const interval = (state: StateInterval['state'], from: number, to: number | null): StateInterval => ({ state, started_at: at(from), ended_at: to === null ? null : at(to), reason: null })
  const spans = spansOf([interval('up', 30, null), interval('down', 20, 30), interval('up', 0, 20)], NOON + 60 * MINUTE)

  it('show the worst of each piece, and nothing where nobody watched', () => {
    const beats = beatsOf(spans, NOON - 30 * MINUTE, NOON + 60 * MINUTE, 6)
    expect(beats.map((beat) => beat.state)).toEqual([null, null, 'up', 'down', 'up', 'up'])
    expect(beats[3]?.downMs).toBe(10 * MINUTE)
  })

  it('count what is up of what was watched', () => {
    expect(uptime(spans, NOON, NOON + 60 * MINUTE)).toBeCloseTo(50 / 60)
    expect(uptime([], NOON, NOON + MINUTE)).toBeNull()
    expect(outages(spans, NOON, NOON + 60 * MINUTE)).toBe(1)
  })
})

describe('a small line', () => {
  it('breaks where nothing was measured', () => {
    const { lines, gaps, last } = sparkPaths([null, 5, 6, null, null, 7].map((value, index) => [at(index * 60), value] as const))
    expect(lines).toHaveLength(2)
    expect(gaps).toEqual([{ x: 105, width: 15 }])
    expect(last?.x).toBe(120)
    expect(sparkPaths([[at(0), null]]).last).toBeNull()
  })

  it('is asked for in groups', () => expect(requestGroups([1, 2, 3], 2)).toEqual([[1, 2], [3]]))
})

describe('a test', () => {
  it('tells its phases as they come', () => {
    const begun = step(QUIET, { type: 'start', at: NOON })
    const doing = step(begun, { type: 'doing', name: 'connect', elapsed_ms: 50 })
    expect(doing).toMatchObject({ running: true, doing: 'connect' })
    expect(step(doing, { type: 'phase', name: 'connect', ms: 60, detail: '' })).toMatchObject({ doing: null, phases: [{ name: 'connect' }] })
    expect(step(doing, { type: 'failed', error: 'gone' })).toMatchObject({ running: false, error: 'gone' })
  })

  it('is read by whole lines', () => {
    const { lines, rest } = linesOf('{"type":"doing","name":"dns","elapsed_ms":1}\n{"type":"pha')
    expect(lines).toHaveLength(1)
    expect(rest).toBe('{"type":"pha')
  })
})

describe('a form', () => {
  it('sends nothing while something is missing', () => {
    const draft = draftOf(undefined, undefined)
    expect(bodyOf({ ...draft, plugin: 3 }, 60)).toBeNull()
    expect(bodyOf({ ...draft, address: ' 10.0.0.1 ' }, 60)).toBeNull()
    expect(bodyOf({ ...draft, plugin: 3, address: ' 10.0.0.1 ' }, 60)).toMatchObject({ address: '10.0.0.1', device_id: null, polling_interval: 60 })
  })

  it('keeps only what differs from the plugin', () => {
    expect(withOwn({}, 'port', 81, 80)).toEqual({ port: 81 })
    expect(withOwn({ port: 81 }, 'port', 80, 80)).toEqual({})
    const controls = ['port', 'path', 'body', 'lacks', 'host'].map((name) => ({ name, kind: 'text', nullable: true, initial: null }) as const)
    const { first, rest } = splitControls(controls, { lacks: 'x' })
    expect([first.map((each) => each.name), rest.map((each) => each.name)]).toEqual([['port', 'path', 'lacks'], ['body', 'host']])
  })
})

it('reads its filters from the URL', () => {
  expect(filtersFrom({ state: 'down', q: '', device_id: '7', plugin_id: 'x', sort: '-name' }, 2)).toEqual({ state: 'down', device_id: 7, sort: '-name', site_id: 2 })
  expect(isFiltered({ sort: 'name', site_id: 1 })).toBe(false)
  expect(isFiltered({ device_id: 1 })).toBe(true)
})
