import { useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import type { Device, Since } from '@/api/types'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { useSourceName } from '@/ui/source-name'
import { Switch } from '@/ui/Switch'
import { Time } from '@/ui/Time'
import { partOf } from './change-words'
import { ChangeCard, useChangeColumns } from './columns'
import { deviceChangesQuery, sinceQuery } from './queries'

/** What became different of one device, and since when each thing is as it is. */
export function DeviceChangesTab({ device }: { device: Device }) {
  const { t } = useTranslation('history')
  const [noise, setNoise] = useState(false)
  const list = useList(deviceChangesQuery(device.id, noise))
  const columns = useChangeColumns({ withDevice: false })
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-2.5">
        <Switch showLabel label={t('noise')} checked={noise} onChange={setNoise} />
        <DataTable
          label={t('title')}
          name="device-changes"
          {...list}
          error={list.error && errorText(list.error)}
          onRetry={list.retry}
          columns={columns}
          rowKey={(change) => String(change.id)}
          card={(change) => <ChangeCard change={change} withDevice={false} />}
          empty={<EmptyState compact icon={<History />} title={t('none_title')}>{t('none_text')}</EmptyState>}
        />
      </div>
      <SinceWhen device={device} />
    </div>
  )
}

function SinceWhen({ device }: { device: Device }) {
  const { t } = useTranslation('history')
  const { data } = useQuery(sinceQuery(device.id))
  if (!data?.items.length) return null
  return (
    <section aria-labelledby="since-when" className="card p-4">
      <h2 id="since-when" className="font-medium">{t('since_title')}</h2>
      <p className="mb-3 text-sm text-muted">{t('since_text')}</p>
      <ul className="grid gap-x-8 gap-y-1.5 lg:grid-cols-2">
        {data.items.map((item) => <SinceLine key={item.key} item={item} />)}
      </ul>
    </section>
  )
}

function SinceLine({ item }: { item: Since }) {
  const { t } = useTranslation('history')
  const sourceName = useSourceName()
  const part = partOf(item.key)
  return (
    <li className="flex min-w-0 items-baseline gap-2 border-b border-line/60 py-1 text-sm">
      {part && <span className="mono shrink-0">{part}</span>}
      <span className="min-w-0 flex-1 truncate" title={item.before ? t('before', { value: item.before }) : undefined}>{item.value}</span>
      <span className="shrink-0 text-xs text-muted">
        {item.source && `${sourceName(item.source)} · `}
        <Time at={item.at} />
      </span>
    </li>
  )
}
