import { ChevronsUpDown, MapPin } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { setSiteId, sitesQuery, useSiteId } from '@/api/site'
import { Menu, MenuCheck } from '@/ui/Menu'

/** Which site the lists show; there is nothing to choose with one site. */
export function SiteSwitcher() {
  const { t } = useTranslation('shell')
  const { data } = useQuery(sitesQuery)
  const chosen = useSiteId()
  if (!data || data.items.length < 2) return null
  const name = data.items.find((site) => site.id === chosen)?.name ?? t('site.all')
  return (
    <Menu
      align="start"
      label={t('site.label')}
      trigger={
        <button type="button" aria-label={`${t('site.label')}: ${name}`} className="inline-flex h-8.5 max-w-44 shrink-0 items-center gap-2 rounded-md border px-2 text-base hover:border-line-strong sm:px-2.5">
          <MapPin aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="hidden truncate sm:block">{name}</span>
          <ChevronsUpDown aria-hidden className="hidden size-3.5 sm:block shrink-0 text-muted" />
        </button>
      }
    >
      <MenuCheck checked={chosen === undefined} onSelect={() => setSiteId(undefined)}>
        {t('site.all')}
      </MenuCheck>
      {data.items.map((site) => (
        <MenuCheck key={site.id} checked={site.id === chosen} onSelect={() => setSiteId(site.id)}>
          {site.name}
        </MenuCheck>
      ))}
    </Menu>
  )
}
