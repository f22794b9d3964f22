import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { Suggestion } from '@/api/types'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Dialog } from '@/ui/Dialog'
import { EmptyState } from '@/ui/EmptyState'
import { Notice } from '@/ui/Notice'
import { SkeletonLines } from '@/ui/Skeleton'
import { useCollectorName } from '../words'
import { AcceptedNotice } from './AcceptedNotice'
import { LoginChoice } from './LoginChoice'
import { deviceSuggestionsOptions, useAccept } from './queries'
import { placeOf } from './suggestion-columns'
import { useLogins } from './use-logins'
import { useSuggestionReason } from './words'

type Props = { devices: readonly { id: number; name: string }[]; onClose: () => void; onMade?: () => void }

/** What could be watched of these devices: everything is chosen, a click takes it all. */
export function MonitorThisDialog({ devices, onClose, onMade }: Props) {
  const { t } = useTranslation(['suggestions', 'common'])
  const id = useId()
  const query = useQuery(deviceSuggestionsOptions(devices.map((device) => device.id)))
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const all = query.data ?? []
  const wanted = all.filter((item) => !left.has(item.key))
  const logins = useLogins(wanted)
  const accept = useAccept()
  const [asked, setAsked] = useState<readonly Suggestion[]>([])
  const toggle = (key: string) => setLeft((before) => new Set(before.has(key) ? [...before].filter((other) => other !== key) : [...before, key]))
  const submit = () => {
    setAsked(logins.ready)
    accept.mutate({ what: { keys: logins.ready.map((item) => item.key) }, how: { credential_profile_ids: logins.ids, interval: null } }, { onSuccess: (done) => done.skipped.length === 0 && onMade?.() })
  }
  const done = accept.data !== undefined
  const footer = done ? (
    <Button variant="primary" onClick={onClose}>
      {t('common:action.close')}
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>{t('common:action.cancel')}</Button>
      <Button variant="primary" type="submit" form={id} busy={accept.isPending} disabled={logins.ready.length === 0}>
        {t('accept', { count: logins.ready.length })}
      </Button>
    </>
  )
  const one = devices.length === 1 ? devices[0] : undefined
  return (
    <Dialog open onClose={onClose} size="md" dismissible={false} title={one ? t('dialog.title', { name: one.name }) : t('dialog.title_many', { count: devices.length })} description={all.length > 0 && !done ? t('dialog.text') : undefined} footer={footer}>
      {query.isPending && <SkeletonLines lines={3} />}
      {query.error && <Notice tone="down">{errorText(query.error)}</Notice>}
      {done && <AcceptedNotice accepted={accept.data} asked={asked} />}
      {query.data?.length === 0 && !done && <EmptyState compact title={t('dialog.none')}>{t('dialog.none_text')}</EmptyState>}
      {all.length > 0 && !done && (
        <form
          id={id}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <Choices suggestions={all} left={left} onToggle={toggle} many={!one} ready={new Set(logins.ready.map((item) => item.key))} />
          <LoginChoice needs={logins.needs} chosen={logins.chosen} onChoose={logins.choose} />
          {accept.error && <Notice tone="down">{errorText(accept.error)}</Notice>}
        </form>
      )}
    </Dialog>
  )
}

type ChoicesProps = { suggestions: readonly Suggestion[]; left: ReadonlySet<string>; ready: ReadonlySet<string>; many: boolean; onToggle: (key: string) => void }

function Choices({ suggestions, left, ready, many, onToggle }: ChoicesProps) {
  const { t } = useTranslation('suggestions')
  const collectorName = useCollectorName()
  const reason = useSuggestionReason()
  return (
    <ul className="max-h-80 divide-y overflow-y-auto rounded-md border">
      {suggestions.map((item) => (
        <li key={item.key} className="px-3 py-2">
          <Checkbox
            checked={!left.has(item.key)}
            onChange={() => onToggle(item.key)}
            label={
              <span className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-medium">{collectorName(item.collector)}</span>
                {many && <span>{item.device_name}</span>}
                <span className="mono text-sm text-muted">{placeOf(item)}</span>
              </span>
            }
            hint={!left.has(item.key) && !ready.has(item.key) ? t('login.needed', { reason: reason(item) }) : reason(item)}
          />
        </li>
      ))}
    </ul>
  )
}
