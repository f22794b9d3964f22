import { Check, ChevronDown } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/use-format'
import { cx } from '@/lib/cx'
import { Input } from './Input'
import { Popover } from './Popover'

export type FacetValue = { value: string; label?: string; count?: number }
type Props = { name: string; values: readonly FacetValue[]; selected: string | undefined; onSelect: (value: string | undefined) => void }

const SEARCH_FROM = 9

/** One facet: a button that opens its values with counts, most frequent first. */
export function FacetChip({ name, values, selected, onSelect }: Props) {
  const chosen = values.find((facet) => facet.value === selected)
  return (
    <Popover
      label={name}
      trigger={
        <button
          type="button"
          className={cx(
            'inline-flex h-8.5 max-sm:h-10 max-w-56 shrink-0 items-center gap-1.5 rounded-md border px-2.5 text-sm hover:border-muted',
            selected ? 'border-transparent bg-glass text-accent-text' : 'border-dashed border-line-strong text-muted hover:text-text',
          )}
        >
          <span className="truncate">{selected ? `${name}: ${chosen?.label ?? selected}` : name}</span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0" />
        </button>
      }
    >
      <FacetList name={name} values={values} selected={selected} onSelect={onSelect} />
    </Popover>
  )
}

function FacetList({ name, values, selected, onSelect }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const [text, setText] = useState('')
  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    return wanted ? values.filter((facet) => (facet.label ?? facet.value).toLowerCase().includes(wanted)) : values
  }, [values, text])
  const most = values.reduce((max, facet) => Math.max(max, facet.count ?? 0), 1)
  return (
    <div className="flex w-64 flex-col gap-2">
      {values.length >= SEARCH_FROM && <Input aria-label={t('filter.search')} placeholder={name} value={text} onChange={(event) => setText(event.target.value)} autoFocus />}
      <ul aria-label={name} className="-mx-1.5 flex max-h-72 flex-col overflow-y-auto">
        {shown.map((facet) => (
          <li key={facet.value}>
            <button
              type="button"
              aria-pressed={facet.value === selected}
              onClick={() => onSelect(facet.value === selected ? undefined : facet.value)}
              className="relative flex h-8 max-sm:h-10 w-full items-center gap-2 rounded-sm px-2 text-left text-sm hover:bg-glass"
            >
              <span className="inline-flex size-4 shrink-0">{facet.value === selected && <Check aria-hidden className="size-4 text-accent-text" />}</span>
              <span className="min-w-0 flex-1 truncate" title={facet.label ?? facet.value}>
                {facet.label ?? facet.value}
              </span>
              {facet.count !== undefined && (
                <>
                  <span aria-hidden className="h-1 w-10 overflow-hidden rounded-full bg-line">
                    <span className="block h-full rounded-full bg-muted/60" style={{ width: `${(facet.count / most) * 100}%` }} />
                  </span>
                  <span className="w-9 text-right text-xs text-muted">{format.number(facet.count)}</span>
                </>
              )}
            </button>
          </li>
        ))}
        {shown.length === 0 && <li className="px-2 py-3 text-center text-sm text-muted">{t('state.no_match')}</li>}
      </ul>
    </div>
  )
}
