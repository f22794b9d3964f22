/** Reads a JSON schema that the server publishes for options into the few kinds of control that forms draw. */

export type OptionControl =
  | { name: string; kind: 'choice'; choices: string[]; initial: string }
  | { name: string; kind: 'switch'; initial: boolean }
  | { name: string; kind: 'number'; minimum?: number; maximum?: number; nullable: boolean; initial: number | null }
  | { name: string; kind: 'text'; nullable: boolean; long?: boolean; initial: string | null }
  | { name: string; kind: 'pairs'; initial: Record<string, string> }
  | { name: string; kind: 'many'; choices: string[]; initial: string[] }

/** A text that may be so long is written in lines. */
const LONG = 5_000

type Schema = { [key: string]: unknown }
const asSchema = (value: unknown): Schema => (typeof value === 'object' && value !== null ? (value as Schema) : {})
const asTexts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [])
const asNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** The variants of a field besides null, and whether null is one. */
function variants(schema: Schema): { main: Schema; nullable: boolean } {
  const all = Array.isArray(schema['anyOf']) ? schema['anyOf'].map(asSchema) : [schema]
  return { main: { ...schema, ...(all.find((variant) => variant['type'] !== 'null') ?? {}) }, nullable: all.some((variant) => variant['type'] === 'null') }
}

function resolve(schema: Schema, definitions: Schema): Schema {
  const reference = schema['$ref']
  return typeof reference === 'string' ? { ...asSchema(definitions[reference.split('/').pop() ?? '']), ...schema } : schema
}

function controlOf(name: string, given: Schema, definitions: Schema): OptionControl | null {
  const { main, nullable } = variants(resolve(given, definitions))
  const initial = given['default']
  const choices = asTexts(main['enum'])
  if (choices.length > 0) return { name, kind: 'choice', choices, initial: typeof initial === 'string' ? initial : (choices[0] ?? '') }
  switch (main['type']) {
    case 'boolean':
      return { name, kind: 'switch', initial: initial === true }
    case 'integer':
    case 'number':
      return { name, kind: 'number', ...limits(main), nullable, initial: asNumber(initial) ?? null }
    case 'string':
      return { name, kind: 'text', nullable, ...((asNumber(main['maxLength']) ?? 0) >= LONG ? { long: true } : {}), initial: typeof initial === 'string' ? initial : null }
    case 'array':
      return { name, kind: 'many', choices: asTexts(resolve(asSchema(main['items']), definitions)['enum']), initial: asTexts(initial) }
    case 'object':
      return main['additionalProperties'] ? { name, kind: 'pairs', initial: {} } : null
    default:
      return null
  }
}

function limits(schema: Schema): { minimum?: number; maximum?: number } {
  const minimum = asNumber(schema['minimum'])
  const maximum = asNumber(schema['maximum'])
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) }
}

/** One control for each option that the schema knows, in its order; what cannot be drawn is left to its default. `choices` are the lists that stand beside the schema. */
export function optionControls(schema: unknown, choices: Record<string, string[]> = {}): OptionControl[] {
  const root = asSchema(schema)
  const definitions = asSchema(root['$defs'] ?? root['definitions'])
  return Object.entries(asSchema(root['properties'])).flatMap(([name, field]) => {
    const control = controlOf(name, asSchema(field), definitions)
    return control?.kind === 'many' && control.choices.length === 0 ? { ...control, choices: choices[name] ?? [] } : (control ?? [])
  })
}
