import { expect, it } from 'vitest'
import { toggledTarget } from './AllowedNetworks'

it('takes a network in and out of the targets, one on each line', () => {
  expect(toggledTarget('', '10.0.0.0/24')).toBe('10.0.0.0/24')
  expect(toggledTarget('nas.lan\n\n', '10.0.0.0/24')).toBe('nas.lan\n10.0.0.0/24')
  expect(toggledTarget('nas.lan\n10.0.0.0/24', '10.0.0.0/24')).toBe('nas.lan')
})
