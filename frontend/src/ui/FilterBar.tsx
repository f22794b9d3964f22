import { Search, X } from 'lucide-react'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useHotkeys } from '@/lib/use-hotkeys'
import { Button } from './Button'
import { IconButton } from './IconButton'
import { Input } from './Input'

export type ActiveFilter = { key: string; name: string; value: string }
type Props = {
  /** The text filter, from the URL; a list without one leaves both out. */
  query?: string
  onQuery?: (query: string) => void
  placeholder?: string
  /** Filters in force, shown as chips that can be removed. */
  active?: readonly ActiveFilter[]
  onRemove?: (key: string) => void
  onClear?: () => void
  children?: ReactNode
}

const TYPING_PAUSE_MS = 250

/** The bar above a list: text filter ("/" goes there), facets as children, chips of what is in force. */
export function FilterBar({ query = '', onQuery, placeholder, active = [], onRemove, onClear, children }: Props) {
  const { t } = useTranslation()
  return (
    <div className="flex flex-col gap-2.5">
      <div className="flex flex-wrap items-center gap-2">
        {onQuery && <FilterInput query={query} onQuery={onQuery} placeholder={placeholder ?? t('filter.search')} />}
        {children}
      </div>
      {active.length > 0 && (
        <ul aria-label={t('filter.active')} className="flex flex-wrap items-center gap-1.5">
          {active.map((filter) => (
            <li key={`${filter.key}=${filter.value}`}>
              <button
                type="button"
                onClick={() => onRemove?.(filter.key)}
                aria-label={t('filter.remove', { name: filter.name, value: filter.value })}
                className="inline-flex h-6.5 max-w-72 items-center gap-1.5 rounded-md border border-transparent bg-glass px-2 text-sm text-accent-text hover:border-line-strong"
              >
                <span className="truncate">
                  <span className="opacity-75">{filter.name}:</span> {filter.value}
                </span>
                <X aria-hidden className="size-3.5 shrink-0" />
              </button>
            </li>
          ))}
          {onClear && (
            <li>
              <Button size="sm" variant="ghost" onClick={onClear}>
                {t('filter.clear_all')}
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  )
}

function FilterInput({ query, onQuery, placeholder }: { query: string; onQuery: (query: string) => void; placeholder: string }) {
  const { t } = useTranslation()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(query)
  const [sent, setSent] = useState(query)
  // The URL changed by other means (Back, a cleared filter): follow it.
  if (query !== sent) {
    setSent(query)
    setText(query)
  }
  useEffect(() => {
    if (text === query) return
    const timer = setTimeout(() => {
      setSent(text)
      onQuery(text)
    }, TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, query, onQuery])
  useHotkeys({ '/': () => input.current?.focus() })
  return (
    <div className="w-full sm:w-72">
      <label htmlFor={id} className="sr-only">
        {placeholder}
      </label>
      <Input
        id={id}
        ref={input}
        type="text"
        icon={<Search />}
        value={text}
        placeholder={placeholder}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && (text ? setText('') : input.current?.blur())}
        trailing={
          text && (
            <IconButton size="sm" label={t('action.clear')} onClick={() => setText('')}>
              <X />
            </IconButton>
          )
        }
      />
    </div>
  )
}
