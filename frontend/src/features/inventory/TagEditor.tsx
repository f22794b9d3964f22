import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '@/ui/Field'
import { tagsOptions } from './queries'

type Props = { tags: readonly string[]; onChange: (tags: string[]) => void; disabled?: boolean; autoFocus?: boolean }

/** Tags as chips in a field: Enter or a comma adds, Backspace takes the last one back. */
export function TagEditor({ tags, onChange, disabled, autoFocus }: Props) {
  const { t } = useTranslation('inventory')
  const field = useField()
  const list = useId()
  const [text, setText] = useState('')
  const known = useQuery(tagsOptions)
  const add = (raw: string) => {
    const tag = raw.trim()
    if (tag && !tags.includes(tag)) onChange([...tags, tag])
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ',') {
      if (!text.trim()) return
      event.preventDefault()
      add(text)
    } else if (event.key === 'Backspace' && text === '') onChange(tags.slice(0, -1))
  }
  return (
    <div className="flex min-h-8.5 flex-wrap items-center gap-1.5 rounded-md border border-line-strong bg-surface px-1.5 py-1 focus-within:border-accent focus-within:outline-1 focus-within:-outline-offset-1 focus-within:outline-accent hover:border-muted">
      {tags.map((tag) => (
        <span key={tag} className="inline-flex h-6 max-w-full items-center gap-1 rounded-sm border bg-sunken/70 pr-0.5 pl-1.5 text-sm">
          <span className="truncate">{tag}</span>
          <button type="button" disabled={disabled} aria-label={t('tag.remove', { name: tag })} onClick={() => onChange(tags.filter((other) => other !== tag))} className="inline-flex size-4.5 items-center justify-center rounded-sm text-muted hover:text-text">
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      ))}
      <input
        id={field?.id}
        aria-label={field ? undefined : t('tag.name')}
        aria-describedby={field?.describedBy}
        list={list}
        value={text}
        maxLength={64}
        disabled={disabled}
        autoFocus={autoFocus}
        autoComplete="off"
        placeholder={tags.length === 0 ? t('tag.placeholder') : undefined}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => add(text)}
        className="h-6 min-w-24 flex-1 bg-transparent px-1.5 text-base outline-none"
      />
      <datalist id={list}>
        {(known.data?.items ?? []).filter((tag) => !tags.includes(tag.name)).map((tag) => (
          <option key={tag.id} value={tag.name} />
        ))}
      </datalist>
    </div>
  )
}
