import { describe, expect, it } from 'vitest'
import { nextRuns, parseCron } from './cron'

const FROM = Date.parse('2026-03-27T12:00:00Z')
const iso = (times: readonly number[]) => times.map((at) => new Date(at).toISOString().replace(':00.000Z', 'Z'))

describe('parseCron', () => {
  it('refuses what is no expression', () => {
    for (const text of ['', '* * * *', '60 * * * *', '* 24 * * *', '5-1 * * * *', '*/0 * * * *', 'a * * * *', '0 0 32 * *']) expect(parseCron(text), text).toBeNull()
  })

  it('reads lists, ranges, steps and names', () => {
    expect(parseCron('*/20 8-10 1,15 jan mon-wed')).toMatchObject({ minutes: [0, 20, 40], hours: [8, 9, 10], days: [1, 15], months: [1], weekdays: [1, 2, 3] })
    expect(parseCron('0 0 * * 7')?.weekdays).toEqual([0])
  })
})

describe('nextRuns', () => {
  it('counts in the zone, across the change to summer time', () => {
    expect(iso(nextRuns('0 6 * * *', 'Europe/Oslo', 3, FROM))).toEqual(['2026-03-28T05:00Z', '2026-03-29T04:00Z', '2026-03-30T04:00Z'])
  })

  it('leaves out an hour that does not exist', () => {
    expect(iso(nextRuns('30 2 * * *', 'Europe/Oslo', 2, FROM))).toEqual(['2026-03-28T01:30Z', '2026-03-30T00:30Z'])
  })

  it('takes either day where both are given', () => {
    expect(iso(nextRuns('0 0 1 * 1', 'UTC', 3, FROM))).toEqual(['2026-03-30T00:00Z', '2026-04-01T00:00Z', '2026-04-06T00:00Z'])
  })

  it('knows no run of what is no expression or no zone', () => {
    expect(nextRuns('nonsense', 'UTC', 5)).toEqual([])
    expect(nextRuns('0 0 * * *', 'Nowhere/At_All', 5)).toEqual([])
    expect(nextRuns('0 0 31 2 *', 'UTC', 5)).toEqual([])
  })
})
