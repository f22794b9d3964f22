import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrorText, fieldName, formErrorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import { useSiteId } from '@/api/site'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { DEVICE_TYPES, useDeviceTypeName } from '@/ui/DeviceTypeIcon'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { Textarea } from '@/ui/Textarea'
import { useCreateDevice, type NewDevice } from './queries'
import { TagEditor } from './TagEditor'

type Props = { open: boolean; onClose: () => void; onAdded: () => void }
const FIELDS = ['name', 'address', 'mac', 'type', 'notes', 'tags'] as const
type Form = { name: string; address: string; mac: string; type: string; notes: string; tags: readonly string[] }
const BLANK: Form = { name: '', address: '', mac: '', type: '', notes: '', tags: [] }

/** A device that no scan can see, written down by hand. */
export function AddDeviceDialog(props: Props) {
  return props.open ? <OpenAddDevice {...props} /> : null
}

function bodyOf(form: Form, siteId: number | undefined): NewDevice {
  const filled = Object.fromEntries(Object.entries(form).filter(([, value]) => (typeof value === 'string' ? value.trim() : value.length > 0)))
  return { ...filled, ...(siteId === undefined ? {} : { site_id: siteId }) } as NewDevice
}

function OpenAddDevice({ onClose, onAdded }: Props) {
  const { t } = useTranslation('inventory')
  const { t: c } = useTranslation()
  const siteId = useSiteId()
  const typeName = useDeviceTypeName()
  const [form, setForm] = useState<Form>(BLANK)
  const create = useCreateDevice()
  const set = (change: Partial<Form>) => setForm((before) => ({ ...before, ...change }))
  const errorAt = (field: (typeof FIELDS)[number]) => {
    const problem = create.error instanceof ApiError ? create.error.errors.find((item) => fieldName(item.field) === field) : undefined
    return problem && fieldErrorText(problem)
  }
  const submit = () =>
    create.mutate(bodyOf(form, siteId), {
      onSuccess: () => {
        onClose()
        onAdded()
      },
    })
  const problem = formErrorText(create.error, FIELDS)
  return (
    <Dialog
      open
      dismissible={false}
      onClose={onClose}
      title={t('add.title')}
      description={t('add.text')}
      footer={
        <>
          <Button onClick={onClose}>{c('action.cancel')}</Button>
          <Button type="submit" form="device-form" variant="primary" busy={create.isPending} disabled={!form.name.trim()}>
            {t('add.button')}
          </Button>
        </>
      }
    >
      <form
        id="device-form"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (form.name.trim()) submit()
        }}
      >
        {problem && <Notice tone="down">{problem}</Notice>}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('column.name')} error={errorAt('name')}>
            <Input autoFocus value={form.name} maxLength={120} onChange={(event) => set({ name: event.target.value })} />
          </Field>
          <Field label={t('column.type')} optional error={errorAt('type')}>
            <Select placeholder={t('add.any_type')} options={DEVICE_TYPES.map((type) => ({ value: type, label: typeName(type) }))} value={form.type} onChange={(event) => set({ type: event.target.value })} />
          </Field>
          <Field label={t('column.address')} optional error={errorAt('address')}>
            <Input mono placeholder="192.168.1.20" value={form.address} onChange={(event) => set({ address: event.target.value })} />
          </Field>
          <Field label={t('kind.mac')} optional error={errorAt('mac')}>
            <Input mono placeholder="00:00:5e:00:53:01" value={form.mac} onChange={(event) => set({ mac: event.target.value })} />
          </Field>
        </div>
        <Field label={t('column.tags')} optional error={errorAt('tags')}>
          <TagEditor tags={form.tags} onChange={(tags) => set({ tags })} />
        </Field>
        <Field label={t('notes.title')} optional error={errorAt('notes')}>
          <Textarea value={form.notes} onChange={(event) => set({ notes: event.target.value })} />
        </Field>
      </form>
    </Dialog>
  )
}
