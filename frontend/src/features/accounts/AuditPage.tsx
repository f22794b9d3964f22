import { FileClock } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import type { AuditEvent } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { asText, useSearchState } from '@/lib/use-search-state'
import { Badge } from '@/ui/Badge'
import { DataTable } from '@/ui/DataTable'
import { Drawer } from '@/ui/Drawer'
import { EmptyState } from '@/ui/EmptyState'
import { Page } from '@/ui/Page'
import type { Column } from '@/ui/table/column'
import { AuditFilterBar } from './AuditFilterBar'
import { detailText, useAuditWords } from './audit-words'
import { auditQuery } from './queries'

/** Who did what, when and from where. */
export function AuditPage() {
  const { t } = useTranslation(['settings', 'common'])
  const [search] = useSearchState()
  const [opened, setOpened] = useState<AuditEvent | null>(null)
  const filters = {
    actor: asText(search['actor']),
    action: asText(search['action']),
    entity: asText(search['entity']),
    since: startOfDay(asText(search['since'])),
    until: endOfDay(asText(search['until'])),
  }
  const list = useList(auditQuery(filters))
  const columns = useColumns()
  const words = useAuditWords()
  return (
    <Page fill title={t('audit.title')} summary={t('audit.summary')}>
      <AuditFilterBar />
      <DataTable
        fill
        label={t('audit.title')}
        name="audit"
        {...list}
        error={list.error && errorText(list.error)}
        onRetry={list.retry}
        columns={columns}
        rowKey={(event) => String(event.id)}
        onOpen={setOpened}
        openedKey={opened ? String(opened.id) : undefined}
        card={(event) => <AuditCard event={event} />}
        empty={<EmptyState icon={<FileClock />} title={t('common:state.no_match')}>{t('common:state.no_match_hint')}</EmptyState>}
      />
      <Drawer open={opened !== null} onClose={() => setOpened(null)} label={t('audit.event')} title={opened && words.action(opened.action)}>
        {opened && <EventDetail event={opened} />}
      </Drawer>
    </Page>
  )
}

/** A day of the person's own calendar as the instant that the API compares with. */
const startOfDay = (day: string | undefined) => (day ? new Date(`${day}T00:00:00`).toISOString() : undefined)
const endOfDay = (day: string | undefined) => (day ? new Date(`${day}T23:59:59.999`).toISOString() : undefined)

/** To the second: which of two came first must be seen. How long ago, and the zone, on hover. */
function Moment({ at }: { at: string }) {
  const format = useFormat()
  return (
    <time dateTime={at} title={`${format.absolute(at)} (${format.relative(at)})`} className="whitespace-nowrap">
      {format.moment(at)}
    </time>
  )
}

const Detail = ({ text }: { text: string }) => (text ? <span title={text} className="text-muted">{text}</span> : <span className="text-muted">–</span>)

function useColumns(): Column<AuditEvent>[] {
  const { t } = useTranslation('settings')
  const words = useAuditWords()
  return [
    { id: 'at', header: t('audit.when'), width: 186, minWidth: 150, fixed: true, cell: (event) => <Moment at={event.at} /> },
    {
      id: 'actor',
      header: t('audit.who'),
      width: 160,
      cell: (event) => (
        <span className="inline-flex items-center gap-2">
          {event.actor}
          {event.actor_kind !== 'user' && <Badge>{t(`audit.kind.${event.actor_kind}`)}</Badge>}
        </span>
      ),
    },
    { id: 'action', header: t('audit.what'), width: 140, cell: (event) => words.action(event.action) },
    { id: 'entity', header: t('audit.on'), width: 124, cell: (event) => event.entity && [words.entity(event.entity), event.entity_id].filter(Boolean).join(' ') },
    { id: 'address', header: t('audit.from'), width: 120, cell: (event) => event.address && <span className="mono text-muted">{event.address}</span> },
    { id: 'detail', header: t('audit.detail'), width: 186, cell: (event) => <Detail text={detailText(event.detail)} /> },
  ]
}

/** An entry at phone width: who did what, then when and from where. */
function AuditCard({ event }: { event: AuditEvent }) {
  const words = useAuditWords()
  return (
    <div className="flex min-w-0 flex-col gap-0.5 text-sm">
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-medium">{event.actor}</span>
        <span className="shrink-0 text-xs text-muted"><Moment at={event.at} /></span>
      </span>
      <span>{[words.action(event.action), event.entity && [words.entity(event.entity), event.entity_id].filter(Boolean).join(' ')].filter(Boolean).join(' · ')}</span>
      <span className="truncate text-muted">{detailText(event.detail) || event.address}</span>
    </div>
  )
}

function EventDetail({ event }: { event: AuditEvent }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const words = useAuditWords()
  const rows: [string, string | null][] = [
    [t('audit.when'), format.absolute(event.at)],
    [t('audit.who'), event.actor],
    [t('audit.what'), words.action(event.action)],
    [t('audit.on'), event.entity ? [words.entity(event.entity), event.entity_id].filter(Boolean).join(' ') : null],
    [t('audit.from'), event.address],
  ]
  return (
    <div className="flex flex-col gap-5">
      <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2">
        {rows.map(([name, value]) => value && (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {Object.keys(event.detail).length > 0 && (
        <pre className="overflow-x-auto rounded-md border bg-sunken p-3 font-mono text-xs">{JSON.stringify(event.detail, null, 2)}</pre>
      )}
    </div>
  )
}
