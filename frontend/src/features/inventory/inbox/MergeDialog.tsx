import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, unwrap } from '@/api/client'
import { errorText } from '@/api/errors'
import type { Device } from '@/api/types'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { useDecide, type InboxAction, type Suggestion } from './queries'

type Choice = { id: number; name: string; address?: string | null | undefined }
type Props = { devices: readonly Pick<Device, 'id' | 'name' | 'site_id'>[]; suggestions: readonly Suggestion[]; onClose: () => void; onDone: (action: InboxAction) => void }

const FOUND = 8

/** Which device the chosen ones really are. */
export function MergeDialog({ devices, suggestions, onClose, onDone }: Props) {
  const { t } = useTranslation('inbox')
  const decide = useDecide()
  const choices = useChoices(devices, suggestions)
  const [into, setInto] = useState<number | undefined>(choices.suggested[0]?.id)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (into === undefined) return setMissing(true)
    decide.mutate({ action: 'merge', ids: devices.map((device) => device.id), into, reason }, { onSuccess: onDone })
  }
  return (
    <FormDialog
      size="md"
      title={t('dialog.title', { count: devices.length })}
      description={t('dialog.text')}
      submitLabel={t('merge')}
      onSubmit={submit}
      onClose={onClose}
      busy={decide.isPending}
      error={decide.error ? errorText(decide.error) : missing && into === undefined ? t('dialog.choose') : null}
    >
      <Field label={t('dialog.search')}>
        <Input value={choices.query} onChange={(event) => choices.setQuery(event.target.value)} />
      </Field>
      <fieldset className="flex max-h-60 flex-col gap-1.5 overflow-y-auto">
        <legend className="mb-1 text-sm font-medium">{t('dialog.into')}</legend>
        {choices.all.map((choice) => (
          <label key={choice.id} className="flex min-w-0 items-center gap-2.5 py-0.5">
            <input type="radio" name="into" className="accent-accent-text" checked={into === choice.id} onChange={() => setInto(choice.id)} />
            <span className="min-w-0 truncate">{choice.name}</span>
            {choice.address && <span className="mono shrink-0 text-sm text-muted">{choice.address}</span>}
          </label>
        ))}
      </fieldset>
      <Field label={t('dialog.reason')} optional>
        <Input value={reason} maxLength={255} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </FormDialog>
  )
}

/** The suggestions first, then the chosen ones themselves where there are several, then what the search finds. */
function useChoices(devices: Props['devices'], suggestions: readonly Suggestion[]) {
  const [query, setQuery] = useState('')
  const q = useDeferredValue(query.trim())
  const found = useQuery({
    queryKey: ['devices', 'list', 'merge', q, devices[0]?.site_id],
    queryFn: () => unwrap(api.GET('/api/v1/devices', { params: { query: { q, limit: FOUND, ...(devices[0] ? { site_id: devices[0].site_id } : {}) } } })),
  })
  const chosen = new Set(devices.map((device) => device.id))
  const suggested: Choice[] = suggestions.map((suggestion) => ({ id: suggestion.device_id, name: suggestion.name }))
  const own: Choice[] = devices.length > 1 ? devices.map(({ id, name }) => ({ id, name })) : []
  const others: Choice[] = (found.data?.items ?? []).filter((device) => !chosen.has(device.id)).map(({ id, name, primary_address: address }) => ({ id, name, address }))
  const all = [...new Map([...others, ...own, ...suggested].reverse().map((choice) => [choice.id, choice])).values()]
  return { query, setQuery, suggested, all }
}
