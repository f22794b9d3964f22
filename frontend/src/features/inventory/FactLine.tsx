import { Pencil, PinOff } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import type { Device, Fact } from '@/api/types'
import { Button } from '@/ui/Button'
import { DEVICE_TYPES, useDeviceTypeName } from '@/ui/DeviceTypeIcon'
import { FactValue } from '@/ui/FactValue'
import { IconButton } from '@/ui/IconButton'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { FIXABLE, useFactName } from './facts'
import { useUpdateDevice } from './queries'

type Props = { device: Device; field: string; fact: Fact; editable?: boolean }

/** One fact: its value, who says so, and (on the device's page) the pin that fixes it. */
export function FactLine({ device, field, fact, editable = false }: Props) {
  const name = useFactName()
  const typeName = useDeviceTypeName()
  const [editing, setEditing] = useState(false)
  const shown = field === 'type' && fact.value ? typeName(fact.value) : undefined
  return (
    <div className="group/fact grid min-h-9 items-center gap-x-3 border-b border-line/60 py-1 text-sm last:border-b-0 sm:grid-cols-[7.5rem_1fr]">
      <dt className="truncate text-muted max-sm:text-xs">{name(field)}</dt>
      <dd className="flex min-w-0 items-center gap-1">
        {editing ? (
          <FactForm device={device} field={field} value={fact.value ?? ''} onDone={() => setEditing(false)} />
        ) : (
          <>
            <span className="min-w-0 flex-1">
              <FactValue fact={fact}>{shown}</FactValue>
            </span>
            {editable && field in FIXABLE && <FactTools device={device} field={field} fact={fact} onEdit={() => setEditing(true)} />}
          </>
        )}
      </dd>
    </div>
  )
}

function FactTools({ device, field, fact, onEdit }: Props & { onEdit: () => void }) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  const update = useUpdateDevice(device.id)
  const reason = !useCan('operator') && c('role_reason.operator')
  return (
    <span className="flex shrink-0 items-center opacity-0 group-hover/fact:opacity-100 focus-within:opacity-100 pointer-coarse:opacity-100">
      {update.error && (
        <span role="alert" className="mr-1 text-xs text-down">
          {errorText(update.error)}
        </span>
      )}
      {fact.pinned && (
        <IconButton size="sm" label={t('fact_action.unpin')} disabledReason={reason} disabled={update.isPending} onClick={() => update.mutate({ [field]: null })}>
          <PinOff />
        </IconButton>
      )}
      <IconButton size="sm" label={t('fact_action.fix')} disabledReason={reason} onClick={onEdit}>
        <Pencil />
      </IconButton>
    </span>
  )
}

export function FactForm({ device, field, value, onDone }: { device: Device; field: string; value: string; onDone: () => void }) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  const name = useFactName()
  const typeName = useDeviceTypeName()
  const [text, setText] = useState(value)
  const update = useUpdateDevice(device.id)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) update.mutate({ [field]: text.trim() }, { onSuccess: onDone })
  }
  return (
    <form onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && onDone()} className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
      {FIXABLE[field] === 'type' ? (
        <Select aria-label={name(field)} className="w-48" options={DEVICE_TYPES.map((type) => ({ value: type, label: typeName(type) }))} placeholder={t('add.any_type')} value={text} onChange={(event) => setText(event.target.value)} />
      ) : (
        <Input aria-label={name(field)} className="min-w-40 flex-1" value={text} maxLength={255} autoFocus onChange={(event) => setText(event.target.value)} />
      )}
      <Button type="submit" size="sm" variant="primary" busy={update.isPending} disabled={!text.trim()}>
        {t('fact_action.save')}
      </Button>
      <Button size="sm" onClick={onDone}>
        {c('action.cancel')}
      </Button>
      {update.error && (
        <span role="alert" className="w-full text-xs text-down">
          {errorText(update.error)}
        </span>
      )}
    </form>
  )
}
