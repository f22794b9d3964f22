import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sitesQuery } from '@/api/site'
import { Checkbox } from '@/ui/Checkbox'

/** Which sites a person or token is limited to; none means all. Not shown while there is only one. */
export function SitesField({ value, onChange }: { value: readonly number[]; onChange: (ids: number[]) => void }) {
  const { t } = useTranslation('settings')
  const { data } = useQuery(sitesQuery)
  if (!data || data.items.length < 2) return null
  const toggle = (id: number) => onChange(value.includes(id) ? value.filter((other) => other !== id) : [...value, id])
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t('users.sites')}</legend>
      {data.items.map((site) => (
        <Checkbox key={site.id} label={site.name} checked={value.includes(site.id)} onChange={() => toggle(site.id)} />
      ))}
      <p className="text-xs text-muted">{t('users.sites_hint')}</p>
    </fieldset>
  )
}
