import { Shapes, Tag, Trash2 } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '@tanstack/react-query'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import type { Device } from '@/api/types'
import { MonitorThis } from '@/features/monitoring/suggestions/MonitorThis'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { DEVICE_TYPES, DeviceTypeIcon, useDeviceTypeName } from '@/ui/DeviceTypeIcon'
import { Input } from '@/ui/Input'
import { Menu, MenuItem } from '@/ui/Menu'
import { Popover } from '@/ui/Popover'
import { tagsOptions, useBulkChange, type BulkChange } from './queries'

type Props = { devices: readonly Device[]; onDone: () => void; onGone: (ids: readonly number[]) => void }

/** What can be done with every selected device at once. What failed stays selected, with the reason. */
export function BulkActions({ devices, onDone, onGone }: Props) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  const [deleting, setDeleting] = useState(false)
  const bulk = useBulkChange()
  const reason = !useCan('operator') && c('role_reason.operator')
  const run = (change: BulkChange) =>
    bulk.mutate(
      { devices, change },
      {
        onSuccess: (result) => {
          if (change.kind === 'delete') onGone(result.done)
          setDeleting(false)
          if (result.failed.length === 0) onDone()
        },
      },
    )
  const failed = bulk.data?.failed ?? []
  return (
    <>
      <MonitorThis size="sm" devices={devices} onMade={onDone} />
      <TagButton reason={reason} busy={bulk.isPending} onTag={(tag) => run({ kind: 'tag', tag })} />
      <TypeButton reason={reason} busy={bulk.isPending} onType={(type) => run({ kind: 'type', type })} />
      <Button size="sm" variant="danger" icon={<Trash2 />} disabledReason={reason} onClick={() => setDeleting(true)}>
        {c('action.delete')}
      </Button>
      {failed[0] && (
        <span role="alert" className="text-down">
          {t('bulk.failed', { count: failed.length })} {errorText(failed[0].error)}
        </span>
      )}
      <ConfirmDialog
        open={deleting}
        danger
        title={t('bulk.delete_title', { count: devices.length })}
        description={t('delete.text')}
        confirmLabel={c('action.delete')}
        busy={bulk.isPending}
        onConfirm={() => run({ kind: 'delete' })}
        onClose={() => setDeleting(false)}
      />
    </>
  )
}

type ButtonProps = { reason: string | false; busy: boolean }

function TypeButton({ reason, busy, onType }: ButtonProps & { onType: (type: string) => void }) {
  const { t } = useTranslation('inventory')
  const typeName = useDeviceTypeName()
  const trigger = (
    <Button size="sm" icon={<Shapes />} busy={busy} disabledReason={reason}>
      {t('bulk.type')}
    </Button>
  )
  if (reason) return trigger
  return (
    <Menu align="start" trigger={trigger}>
      {DEVICE_TYPES.map((type) => (
        <MenuItem key={type} icon={<DeviceTypeIcon type={type} />} onSelect={() => onType(type)}>
          {typeName(type)}
        </MenuItem>
      ))}
    </Menu>
  )
}

function TagButton({ reason, busy, onTag }: ButtonProps & { onTag: (tag: string) => void }) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  const [text, setText] = useState('')
  const tags = useQuery(tagsOptions)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) onTag(text.trim())
    setText('')
  }
  const trigger = (
    <Button size="sm" icon={<Tag />} busy={busy} disabledReason={reason}>
      {t('bulk.tag')}
    </Button>
  )
  if (reason) return trigger
  return (
    <Popover label={t('bulk.tag')} trigger={trigger}>
      <form onSubmit={submit} className="flex items-center gap-2">
        <Input aria-label={t('tag.name')} placeholder={t('tag.name')} value={text} maxLength={64} autoFocus onChange={(event) => setText(event.target.value)} />
        <Button type="submit" disabled={!text.trim()}>
          {c('action.add')}
        </Button>
      </form>
      {(tags.data?.items.length ?? 0) > 0 && (
        <div className="mt-2.5 flex max-h-40 max-w-72 flex-wrap gap-1.5 overflow-y-auto">
          {tags.data?.items.map((tag) => (
            <button key={tag.id} type="button" onClick={() => onTag(tag.name)} className="max-w-full truncate rounded-sm border border-line-strong px-1.5 text-xs text-muted hover:border-accent hover:text-accent-text">
              {tag.name}
            </button>
          ))}
        </div>
      )}
    </Popover>
  )
}
