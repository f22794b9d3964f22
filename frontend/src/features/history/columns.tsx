import { useTranslation } from 'react-i18next'
import type { Change } from '@/api/types'
import { useSourceName } from '@/ui/source-name'
import type { Column } from '@/ui/table/column'
import { Time } from '@/ui/Time'
import { ChangedDevice, OldAndNew, SeenBy, What } from './ChangeCells'

/** The one row grammar of changes: when, what, of whom, old to new, who says so. */
export function useChangeColumns({ withDevice }: { withDevice: boolean }): Column<Change>[] {
  const { t } = useTranslation('history')
  const sourceName = useSourceName()
  const device: Column<Change> = { id: 'device', header: t('device'), width: 190, cell: (change) => <ChangedDevice change={change} /> }
  return [
    { id: 'at', header: t('when'), width: 130, fixed: true, cell: (change) => <Time at={change.at} /> },
    { id: 'what', header: t('what'), width: 260, fixed: true, cell: (change) => <What change={change} /> },
    ...(withDevice ? [device] : []),
    { id: 'values', header: t('values'), width: 280, cell: (change) => <OldAndNew change={change} /> },
    { id: 'source', header: t('source'), width: 120, cell: (change) => (change.source ? sourceName(change.source) : <span className="text-muted">–</span>) },
    { id: 'scan', header: t('scan'), width: 150, cell: (change) => <SeenBy change={change} /> },
  ]
}

/** A change at phone width: what, of whom, then old to new and when. */
export function ChangeCard({ change, withDevice }: { change: Change; withDevice: boolean }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 text-sm">
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-medium"><What change={change} /></span>
        <span className="shrink-0 text-xs text-muted"><Time at={change.at} /></span>
      </span>
      {withDevice && <ChangedDevice change={change} />}
      <span className="flex min-w-0 text-muted"><OldAndNew change={change} /></span>
    </div>
  )
}
