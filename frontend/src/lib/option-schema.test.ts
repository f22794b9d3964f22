import { expect, it } from 'vitest'
import { optionControls } from './option-schema'

it('draws one control for each option, and leaves out what it does not understand', () => {
  const schema = {
    $defs: { Pace: { enum: ['polite', 'normal'], type: 'string' } },
    properties: {
      timing: { $ref: '#/$defs/Pace', default: 'normal' },
      tcp_ports: { anyOf: [{ type: 'string' }, { type: 'null' }], default: 'top:1000' },
      max_rate: { anyOf: [{ type: 'integer', minimum: 1, maximum: 10_000 }, { type: 'null' }], default: null },
      os_detection: { type: 'boolean', default: false },
      scripts: { type: 'array', items: { type: 'string' } },
      strange: { type: 'object' },
    },
  }
  expect(optionControls(schema, { scripts: ['http-title'] })).toEqual([
    { name: 'timing', kind: 'choice', choices: ['polite', 'normal'], initial: 'normal' },
    { name: 'tcp_ports', kind: 'text', nullable: true, initial: 'top:1000' },
    { name: 'max_rate', kind: 'number', minimum: 1, maximum: 10_000, nullable: true, initial: null },
    { name: 'os_detection', kind: 'switch', initial: false },
    { name: 'scripts', kind: 'many', choices: ['http-title'], initial: [] },
  ])
  expect(optionControls(null)).toEqual([])
})
