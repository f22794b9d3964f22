import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { Device } from '@/api/types'
import { Checkbox } from '@/ui/Checkbox'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { useSplit } from './queries'
import { useDeeds } from './use-deeds'

/** Which addresses of a device are really another one's. */
export function SplitDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const { t } = useTranslation('inbox')
  const split = useSplit(device.id)
  const deeds = useDeeds()
  const [chosen, setChosen] = useState<readonly number[]>([])
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const addresses = (device.addresses ?? []).filter((address) => address.kind !== 'name')
  const toggle = (id: number) => setChosen((before) => (before.includes(id) ? before.filter((other) => other !== id) : [...before, id]))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (chosen.length === 0) return setMissing(true)
    split.mutate(
      { address_ids: [...chosen], reason },
      {
        onSuccess: ({ action }) => {
          deeds.done(action)
          onClose()
        },
      },
    )
  }
  return (
    <FormDialog
      size="md"
      title={t('split.title', { name: device.name })}
      description={t('split.text')}
      submitLabel={t('split.button')}
      onSubmit={submit}
      onClose={onClose}
      busy={split.isPending}
      error={split.error ? errorText(split.error) : missing && chosen.length === 0 ? t('split.choose') : null}
    >
      <div className="flex flex-col gap-2">
        {addresses.map((address) => (
          <Checkbox key={address.id} label={<span className="mono">{address.address}</span>} checked={chosen.includes(address.id)} onChange={() => toggle(address.id)} />
        ))}
      </div>
      <Field label={t('dialog.reason')} optional>
        <Input value={reason} maxLength={255} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </FormDialog>
  )
}
