import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '@/lib/cx'
import { asText, useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { ACTIONS, ENTITIES, useAuditWords } from './audit-words'

const DAYS = ['since', 'until'] as const
const ALL = ['actor', 'action', 'entity', ...DAYS] as const

/** The log's filters, kept in the URL; behind a button on a phone, so that the log comes first. */
export function AuditFilterBar() {
  const { t } = useTranslation(['settings', 'common'])
  const [search, setSearch] = useSearchState()
  const [open, setOpen] = useState(false)
  const words = useAuditWords()
  const active = ALL.filter((key) => search[key] !== undefined).length
  const send = (key: string, value: string) => value !== (asText(search[key]) ?? '') && setSearch({ [key]: value || undefined })
  // A word that only the address knows can be chosen too: the log may be older or newer than this page.
  const choices = (known: readonly string[], chosen: string | undefined, word: (name: string) => string) =>
    [...new Set([...known, ...(chosen ? [chosen] : [])])].map((name) => ({ value: name, label: word(name) }))
  return (
    <div role="search" aria-label={t('common:filter.facets')} className="flex flex-wrap items-center gap-2">
      <Button icon={<SlidersHorizontal />} aria-expanded={open} className="sm:hidden" onClick={() => setOpen(!open)}>
        {t('common:filter.facets')}
        {active > 0 && ` (${active})`}
      </Button>
      <div className={cx('flex flex-wrap items-center gap-2 max-sm:w-full', !open && 'max-sm:hidden')}>
        <Input
          key={`actor=${search['actor'] ?? ''}`}
          aria-label={t('audit.who')}
          placeholder={t('audit.who')}
          className="w-full sm:w-40"
          defaultValue={asText(search['actor']) ?? ''}
          onBlur={(event) => send('actor', event.target.value.trim())}
          onKeyDown={(event) => event.key === 'Enter' && send('actor', event.currentTarget.value.trim())}
        />
        <Select aria-label={t('audit.what')} placeholder={t('audit.what')} className="w-full sm:w-44" options={choices(ACTIONS, asText(search['action']), words.action)} value={asText(search['action']) ?? ''} onChange={(event) => send('action', event.target.value)} />
        <Select aria-label={t('audit.on')} placeholder={t('audit.on')} className="w-full sm:w-40" options={choices(ENTITIES, asText(search['entity']), words.entity)} value={asText(search['entity']) ?? ''} onChange={(event) => send('entity', event.target.value)} />
        {DAYS.map((key) => (
          <label key={key} className="flex items-center gap-2 text-sm text-muted max-sm:w-full">
            <span className="max-sm:w-12">{t(`audit.${key}`)}</span>
            <Input type="date" value={asText(search[key]) ?? ''} onChange={(event) => setSearch({ [key]: event.target.value || undefined })} className="w-38 max-sm:flex-1" />
          </label>
        ))}
        {active > 0 && (
          <Button size="sm" variant="ghost" onClick={() => setSearch(Object.fromEntries(ALL.map((key) => [key, undefined])))}>
            {t('common:filter.clear_all')}
          </Button>
        )}
      </div>
    </div>
  )
}
