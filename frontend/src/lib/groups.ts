import type { OptionControl } from './option-schema'

/** What a person has to say, what most people look at, and what the usual value is right for. */
export type ControlGroups = { required: OptionControl[]; common: OptionControl[]; advanced: OptionControl[] }

/** Options that hardly anybody changes, whichever collector or kind of login they belong to. */
const ADVANCED = new Set([
  'allow_missing', 'allow_public', 'body', 'ca_certificate', 'context', 'fingerprint', 'follow_redirects', 'headers', 'host_key', 'lacks', 'max_repetitions', 'method',
  'timeout_s', 'transport', 'verify_certificate', 'virtual',
])
const requiredOf = (schema: unknown): ReadonlySet<string> => {
  const names = (schema as { required?: unknown } | undefined)?.required
  return new Set(Array.isArray(names) ? names.map(String) : [])
}

/** Sorts the options of a schema into three groups; an option that nobody knows yet is a common one. */
export function groupControls(schema: unknown, controls: readonly OptionControl[]): ControlGroups {
  const needed = requiredOf(schema)
  const groupOf = ({ name }: OptionControl) => (needed.has(name) ? 'required' : ADVANCED.has(name) ? 'advanced' : 'common')
  const of = (group: keyof ControlGroups) => controls.filter((control) => groupOf(control) === group)
  return { required: of('required'), common: of('common'), advanced: of('advanced') }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** The options that somebody set otherwise than usual, in the schema's order. */
export const changedOptions = (controls: readonly OptionControl[], values: Record<string, unknown>): OptionControl[] =>
  controls.filter((control) => control.name in values && !same(values[control.name], control.initial))
