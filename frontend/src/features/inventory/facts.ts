import { useTranslation } from 'react-i18next'
import type { Fact } from '@/api/types'

/** The facts that a person may fix, with the kind of input each takes. */
export const FIXABLE: Record<string, 'text' | 'type'> = { name: 'text', type: 'type', hostname: 'text', vendor: 'text', os: 'text' }

const ORDER = ['name', 'type', 'hostname', 'vendor', 'os', 'os_family']
const place = (field: string): number => (ORDER.includes(field) ? ORDER.indexOf(field) : ORDER.length)

/** Facts in the order that people read them; ones we do not know come last, by name. */
export const factOrder = (facts: Record<string, Fact> | null | undefined): [string, Fact][] =>
  Object.entries(facts ?? {}).sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b))

/** The name of a fact for people; its own name where there is no text for it. */
export function useFactName(): (field: string) => string {
  const { t, i18n } = useTranslation('inventory')
  return (field) => (i18n.exists(`inventory:fact.${field}`) ? String(t(`fact.${field}` as 'fact.name')) : field.replaceAll('_', ' '))
}
