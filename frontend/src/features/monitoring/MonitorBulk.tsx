import { Clock, Pause, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import type { Monitor } from '@/api/types'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Popover } from '@/ui/Popover'
import { IntervalField } from './IntervalField'
import { useBulkChange, useRemoveMonitors, type BulkChange } from './queries'

type Props = { monitors: readonly Monitor[]; onDone: () => void; onGone: (ids: readonly number[]) => void }

/** What can be done with every selected monitor at once. */
export function MonitorBulk({ monitors, onDone, onGone }: Props) {
  const { t } = useTranslation('monitoring')
  const { t: c } = useTranslation()
  const [deleting, setDeleting] = useState(false)
  const bulk = useBulkChange()
  const remove = useRemoveMonitors()
  const reason = !useCan('operator') && c('role_reason.operator')
  const ids = monitors.map((monitor) => monitor.id)
  const run = (change: BulkChange) => bulk.mutate({ ids, change }, { onSuccess: onDone })
  const removeAll = () =>
    remove.mutate(ids, {
      onSuccess: (result) => {
        onGone(result.done)
        setDeleting(false)
        if (result.failed.length === 0) onDone()
      },
    })
  const failed = remove.data?.failed ?? []
  const error = bulk.error ?? failed[0]?.error
  return (
    <>
      <Button size="sm" icon={<Pause />} busy={bulk.isPending} disabledReason={reason} disabled={monitors.every((monitor) => !monitor.enabled)} onClick={() => run({ enabled: false })}>
        {t('pause')}
      </Button>
      <Button size="sm" icon={<Play />} busy={bulk.isPending} disabledReason={reason} disabled={monitors.every((monitor) => monitor.enabled)} onClick={() => run({ enabled: true })}>
        {t('resume')}
      </Button>
      <IntervalButton reason={reason} busy={bulk.isPending} first={monitors[0]?.polling_interval ?? 60} onInterval={(seconds) => run({ polling_interval: seconds })} />
      <Button size="sm" variant="danger" icon={<Trash2 />} disabledReason={reason} onClick={() => setDeleting(true)}>
        {c('action.delete')}
      </Button>
      {error !== undefined && error !== null && (
        <span role="alert" className="text-down">
          {errorText(error)}
        </span>
      )}
      <ConfirmDialog
        open={deleting}
        danger
        title={t('delete.title_many', { count: monitors.length })}
        description={t('delete.text')}
        confirmLabel={c('action.delete')}
        busy={remove.isPending}
        onConfirm={removeAll}
        onClose={() => setDeleting(false)}
      />
    </>
  )
}

function IntervalButton({ reason, busy, first, onInterval }: { reason: string | false; busy: boolean; first: number; onInterval: (seconds: number) => void }) {
  const { t } = useTranslation('monitoring')
  const { t: c } = useTranslation()
  const [seconds, setSeconds] = useState(first)
  const trigger = (
    <Button size="sm" icon={<Clock />} busy={busy} disabledReason={reason}>
      {t('interval.button')}
    </Button>
  )
  if (reason) return trigger
  return (
    <Popover label={t('interval.button')} trigger={trigger}>
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (seconds > 0) onInterval(seconds)
        }}
      >
        <IntervalField seconds={seconds} onChange={setSeconds} />
        <Button type="submit" variant="primary">
          {c('action.apply')}
        </Button>
      </form>
    </Popover>
  )
}
