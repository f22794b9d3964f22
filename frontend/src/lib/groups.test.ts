import { expect, it } from 'vitest'
import { changedOptions, groupControls } from './groups'
import { optionControls } from './option-schema'

const schema = {
  required: ['community'],
  properties: {
    timeout_s: { anyOf: [{ type: 'number' }, { type: 'null' }], default: null },
    community: { type: 'string' },
    port: { type: 'integer', default: 161 },
    unheard_of: { type: 'boolean', default: false },
  },
}
const controls = optionControls(schema)
const names = (some: readonly { name: string }[]) => some.map(({ name }) => name)

it('asks first for what is needed, and keeps what hardly anybody changes for last', () => {
  const { required, common, advanced } = groupControls(schema, controls)
  expect([names(required), names(common), names(advanced)]).toEqual([['community'], ['port', 'unheard_of'], ['timeout_s']])
})

it('knows what was set otherwise than usual', () => {
  expect(names(changedOptions(controls, { port: 161, unheard_of: true, timeout_s: null }))).toEqual(['unheard_of'])
})
