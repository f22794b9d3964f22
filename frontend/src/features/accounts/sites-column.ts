import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sitesQuery } from '@/api/site'
import type { Column } from '@/ui/table/column'

/** Which sites a person or a token is limited to; no column while there is only one site. */
export function useSitesColumn<T extends { site_ids: readonly number[] }>(): Column<T>[] {
  const { t } = useTranslation('settings')
  const sites = useQuery(sitesQuery).data?.items ?? []
  if (sites.length < 2) return []
  const names = new Map(sites.map((site) => [site.id, site.name]))
  const cell = (row: T) => (row.site_ids.length === 0 ? t('users.all_sites') : row.site_ids.map((id) => names.get(id) ?? `#${id}`).join(', '))
  return [{ id: 'site_ids', header: t('users.sites'), width: 140, cell }]
}
