import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/use-format'
import { useFactName } from './facts'

const MOST_ITEMS = 100
const DEEPEST = 6

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null

/** As people read: what it is first, long outputs last. */
const FIRST = ['state', 'reason', 'hostnames', 'mac', 'vendor', 'os', 'name', 'family', 'port', 'protocol', 'service', 'tunnel', 'product', 'version', 'extra']
const LAST = ['ports', 'scripts', 'output']
const rank = (key: string): number => (FIRST.includes(key) ? FIRST.indexOf(key) - FIRST.length : LAST.indexOf(key) + 1)

/** Any JSON as nested names and values; every leaf is text. */
export function FactTree({ value, depth = 0 }: { value: unknown; depth?: number }) {
  if (depth > DEEPEST) return <Leaf value={JSON.stringify(value)} />
  if (Array.isArray(value)) return <Items items={value} depth={depth} />
  if (isRecord(value)) return <Fields fields={value} depth={depth} />
  return <Leaf value={value} />
}

function Fields({ fields, depth }: { fields: Record<string, unknown>; depth: number }) {
  const name = useFactName()
  const entries = Object.entries(fields).filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)).sort(([a], [b]) => rank(a) - rank(b))
  if (entries.length === 0) return <Leaf value={null} />
  return (
    <dl className="grid gap-x-4 gap-y-0.5 text-sm sm:grid-cols-[minmax(5rem,auto)_1fr]">
      {entries.map(([key, value]) => (
        <div key={key} className="contents">
          <dt className="text-muted max-sm:mt-1 max-sm:text-xs">{name(key)}</dt>
          <dd className="min-w-0">
            <FactTree value={value} depth={depth + 1} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Items({ items, depth }: { items: readonly unknown[]; depth: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (items.every(isPlain)) return <Leaf value={items.slice(0, MOST_ITEMS).map(String).join(', ')} />
  const shown = items.slice(0, MOST_ITEMS)
  return (
    <ul className="flex flex-col gap-1.5">
      {shown.map((item, index) => (
        <li key={index} className="border-l border-line-strong pl-3">
          <FactTree value={item} depth={depth + 1} />
        </li>
      ))}
      {items.length > shown.length && <li className="text-xs text-muted">{t('list.shown_of', { shown: format.number(shown.length), total: format.number(items.length) })}</li>}
    </ul>
  )
}

function Leaf({ value }: { value: unknown }) {
  const { t } = useTranslation()
  if (value === null || value === undefined || value === '') return <span className="text-muted">–</span>
  if (typeof value === 'boolean') return <span>{value ? t('value.yes') : t('value.no')}</span>
  return <span className="mono break-words whitespace-pre-wrap">{String(value)}</span>
}
