import { useTranslation } from 'react-i18next'
import { asText, useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { Input } from '@/ui/Input'

const TEXTS = ['actor', 'action', 'entity'] as const
const DAYS = ['since', 'until'] as const
const NAMES = { actor: 'who', action: 'what', entity: 'on', since: 'since', until: 'until' } as const

/** The log's filters, kept in the URL. */
export function AuditFilterBar() {
  const { t } = useTranslation(['settings', 'common'])
  const [search, setSearch] = useSearchState()
  const active = [...TEXTS, ...DAYS].some((key) => search[key] !== undefined)
  const send = (key: string, value: string) => value !== (asText(search[key]) ?? '') && setSearch({ [key]: value || undefined })
  return (
    <div role="search" aria-label={t('common:filter.facets')} className="flex flex-wrap items-center gap-2">
      {TEXTS.map((key) => (
        <Input
          key={`${key}=${search[key] ?? ''}`}
          aria-label={t(`audit.${NAMES[key]}`)}
          placeholder={t(`audit.${NAMES[key]}`)}
          className="w-full sm:w-40"
          defaultValue={asText(search[key]) ?? ''}
          onBlur={(event) => send(key, event.target.value.trim())}
          onKeyDown={(event) => event.key === 'Enter' && send(key, event.currentTarget.value.trim())}
        />
      ))}
      {DAYS.map((key) => (
        <label key={key} className="flex items-center gap-2 text-sm text-muted">
          {t(`audit.${key}`)}
          <Input type="date" value={asText(search[key]) ?? ''} onChange={(event) => setSearch({ [key]: event.target.value || undefined })} className="w-38" />
        </label>
      ))}
      {active && (
        <Button size="sm" variant="ghost" onClick={() => setSearch(Object.fromEntries([...TEXTS, ...DAYS].map((key) => [key, undefined])))}>
          {t('common:filter.clear_all')}
        </Button>
      )}
    </div>
  )
}
