import { expect, it } from 'vitest'
import { asUnit, formatValue } from './units'
import { countdown } from './time'

it('says values with their units', () => {
  const say = (value: number, unit: Parameters<typeof formatValue>[1], locale = 'en-GB') => formatValue(value, unit, locale).replace(/\s/g, ' ')
  expect(say(42.4, 'percent')).toBe('42%')
  expect(say(2.36, 'percent', 'de')).toBe('2,4 %')
  expect(say(0.4213, 'milliseconds')).toBe('0.42 ms')
  expect(say(12_500, 'milliseconds')).toBe('12.5 secs')
  expect(say(1_234_567, 'bytes_per_second')).toBe('1.23 MB/s')
  expect(say(0, 'bytes_per_second')).toBe('0 byte/s')
  expect(say(3_200_000_000, 'bytes')).toBe('3.2 GB')
  expect(say(89.7, 'days')).toBe('90 days')
  expect(say(200, 'none')).toBe('200')
  expect(asUnit('furlongs')).toBe('none')
})

it('counts down to the second, and ends', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  expect(countdown('2026-01-01T00:00:12Z', 'en-GB', now)).toMatch(/12/)
  expect(countdown('2026-01-01T00:00:00Z', 'en-GB', now)).toBeNull()
  expect(countdown('2026-01-01T00:30:00Z', 'en-GB', now)).toMatch(/30 min/)
})
