import { Pencil } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import type { Device, Fact } from '@/api/types'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Notice } from '@/ui/Notice'
import { Card } from '@/ui/Page'
import { Textarea } from '@/ui/Textarea'
import { AddressList } from './AddressList'
import { Nothing, TagChips } from './device-columns'
import { FactLine } from './FactLine'
import { FIXABLE, factOrder } from './facts'
import { useUpdateDevice } from './queries'
import { TagEditor } from './TagEditor'

/** Facts with their sources, addresses, tags and notes. */
export function SummaryTab({ device }: { device: Device }) {
  const { t } = useTranslation('inventory')
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title={t('section.facts')}>
        <dl className="-my-1 flex flex-col">
          {factOrder(withFixable(device)).map(([field, fact]) => (
            <FactLine key={field} device={device} field={field} fact={fact} editable />
          ))}
        </dl>
      </Card>
      <div className="flex min-w-0 flex-col gap-4">
        <Card title={t('section.addresses')}>
          <AddressList device={device} />
        </Card>
        <TagsCard device={device} />
        <NotesCard device={device} />
      </div>
    </div>
  )
}

/** A fact that nobody has said anything of can still be fixed. */
function withFixable(device: Device): Record<string, Fact> {
  const unknown: Fact = { value: null, source: '', observed_at: device.last_seen, confidence: null, pinned: false, pinned_by: null, losing: [] }
  // The name is the title of the page, and is changed there.
  const fixable = Object.keys(FIXABLE).filter((field) => field !== 'name')
  return { ...Object.fromEntries(fixable.map((field) => [field, unknown])), ...device.facts }
}

function TagsCard({ device }: { device: Device }) {
  const { t } = useTranslation('inventory')
  const update = useUpdateDevice(device.id)
  const allowed = useCan('operator')
  return (
    <Card title={t('column.tags')} >
      {allowed ? <TagEditor tags={update.isPending ? (update.variables.tags ?? device.tags) : device.tags} onChange={(tags) => update.mutate({ tags })} /> : <TagChips tags={device.tags} />}
      {update.error && (
        <Notice tone="down" className="mt-2">
          {errorText(update.error)}
        </Notice>
      )}
    </Card>
  )
}

function NotesCard({ device }: { device: Device }) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  const [editing, setEditing] = useState(false)
  const reason = !useCan('operator') && c('role_reason.operator')
  const edit = (
    <IconButton size="sm" label={t('notes.edit')} disabledReason={reason} onClick={() => setEditing(true)}>
      <Pencil />
    </IconButton>
  )
  return (
    <Card title={t('notes.title')} actions={!editing && edit}>
      {editing ? <NotesForm device={device} onDone={() => setEditing(false)} /> : device.notes ? <p className="break-words whitespace-pre-wrap">{device.notes}</p> : reason ? <Nothing /> : <p className="text-muted">{t('notes.none')}</p>}
    </Card>
  )
}

function NotesForm({ device, onDone }: { device: Device; onDone: () => void }) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  const [text, setText] = useState(device.notes)
  const update = useUpdateDevice(device.id)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    update.mutate({ notes: text }, { onSuccess: onDone })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2.5">
      <Textarea aria-label={t('notes.title')} rows={6} value={text} maxLength={20_000} autoFocus onChange={(event) => setText(event.target.value)} />
      {update.error && <Notice tone="down">{errorText(update.error)}</Notice>}
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onDone}>
          {c('action.cancel')}
        </Button>
        <Button size="sm" type="submit" variant="primary" busy={update.isPending}>
          {c('action.save')}
        </Button>
      </div>
    </form>
  )
}
