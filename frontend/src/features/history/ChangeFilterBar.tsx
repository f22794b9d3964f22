import { useTranslation } from 'react-i18next'
import { asText, useSearchState } from '@/lib/use-search-state'
import { FilterBar } from '@/ui/FilterBar'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { Switch } from '@/ui/Switch'
import { KINDS } from './change-words'

const DAYS = ['since', 'until'] as const

/** What is listed, kept in the URL. */
export function ChangeFilterBar() {
  const { t } = useTranslation('history')
  const [search, setSearch] = useSearchState()
  return (
    <FilterBar query={asText(search['q']) ?? ''} onQuery={(q) => setSearch({ q: q || undefined })} placeholder={t('search')}>
      <Select
        aria-label={t('what')}
        placeholder={t('what')}
        className="w-full sm:w-52"
        options={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        value={asText(search['kind']) ?? ''}
        onChange={(event) => setSearch({ kind: event.target.value || undefined })}
      />
      {DAYS.map((key) => (
        <label key={key} className="flex items-center gap-2 text-sm text-muted max-sm:w-full">
          <span className="max-sm:w-12">{t(key)}</span>
          <Input type="date" value={asText(search[key]) ?? ''} onChange={(event) => setSearch({ [key]: event.target.value || undefined })} className="w-38 max-sm:flex-1" />
        </label>
      ))}
      <Switch showLabel label={t('noise')} checked={search['noise'] === true} onChange={(noise) => setSearch({ noise: noise || undefined })} />
    </FilterBar>
  )
}
