import { History } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useSiteId } from '@/api/site'
import { paths } from '@/lib/paths'
import { asText, useSearchState } from '@/lib/use-search-state'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { LinkButton } from '@/ui/LinkButton'
import { Page } from '@/ui/Page'
import { asKind } from './change-words'
import { ChangeFilterBar } from './ChangeFilterBar'
import { ChangeCard, useChangeColumns } from './columns'
import { changesQuery } from './queries'

/** Everything that became different, newest first. */
export function ChangesPage() {
  const { t } = useTranslation(['history', 'common'])
  const [search] = useSearchState()
  const filters = {
    q: asText(search['q']),
    kind: asKind(asText(search['kind'])),
    since: startOf(asText(search['since']), 0),
    until: startOf(asText(search['until']), 1),
    noise: search['noise'] === true,
  }
  const list = useList(changesQuery({ ...filters, site_id: useSiteId() }))
  const columns = useChangeColumns({ withDevice: true })
  const filtered = Object.values(filters).some(Boolean)
  return (
    <Page fill title={t('title')} summary={t('summary')}>
      <ChangeFilterBar />
      <DataTable
        fill
        label={t('title')}
        name="changes"
        {...list}
        error={list.error && errorText(list.error)}
        onRetry={list.retry}
        columns={columns}
        rowKey={(change) => String(change.id)}
        card={(change) => <ChangeCard change={change} withDevice />}
        empty={
          filtered ? (
            <EmptyState icon={<History />} title={t('common:state.no_match')}>{t('common:state.no_match_hint')}</EmptyState>
          ) : (
            <EmptyState icon={<History />} title={t('empty_title')} action={<LinkButton to={paths.newScan}>{t('scan')}</LinkButton>}>{t('empty_text')}</EmptyState>
          )
        }
      />
    </Page>
  )
}

/** The beginning of a day of the person's own calendar, so many days on, as the instant that the API compares with. */
function startOf(day: string | undefined, on: number): string | undefined {
  if (!day) return undefined
  const start = new Date(`${day}T00:00:00`)
  start.setDate(start.getDate() + on)
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString()
}
