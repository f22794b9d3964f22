import { expect, it } from 'vitest'
import { detailText } from './audit-words'

it('tells what went with an action as pairs, without the empty ones', () => {
  expect(detailText({ role: 'viewer', site_ids: [], targets: ['10.0.0.0/24', '10.0.1.1'], of: null, changed: { name: ['a', 'b'] } })).toBe('role: viewer · targets: 10.0.0.0/24, 10.0.1.1 · changed: {"name":["a","b"]}')
})
