import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { Suggestion } from '@/api/types'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Notice } from '@/ui/Notice'
import { useCollectorName } from '../words'
import { AcceptedNotice } from './AcceptedNotice'
import { IntervalChoice } from './CollectorChoice'
import { LoginChoice } from './LoginChoice'
import { useAccept, type SuggestionFilters } from './queries'
import { useLogins } from './use-logins'

/** `all`: every suggestion that these filters find, of which `suggestions` are those that were loaded. */
type Props = { suggestions: readonly Suggestion[]; all: SuggestionFilters | null; total: number; onClose: () => void }

/** Takes many suggestions at once: with which logins, and how often. */
export function AcceptDialog({ suggestions, all, total, onClose }: Props) {
  const { t } = useTranslation(['suggestions', 'common'])
  // What is asked about stays what it was, also while the list behind it changes.
  const [asked] = useState(suggestions)
  const [interval, setInterval] = useState<number | null>(null)
  const logins = useLogins(asked)
  const accept = useAccept()
  const whole = all !== null && total > asked.length
  const count = whole ? total : logins.ready.length
  const submit = () =>
    accept.mutate({
      what: whole ? { all } : { keys: logins.ready.map((item) => item.key) },
      how: { credential_profile_ids: logins.ids, interval },
    })
  const done = accept.data !== undefined
  const footer = done ? (
    <Button variant="primary" onClick={onClose}>
      {t('common:action.close')}
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>{t('common:action.cancel')}</Button>
      <Button variant="primary" busy={accept.isPending} disabled={count === 0} onClick={submit}>
        {t('accept', { count })}
      </Button>
    </>
  )
  return (
    <Dialog open onClose={onClose} size="md" dismissible={false} title={t('accept_title', { count: total })} footer={footer}>
      {done ? (
        <AcceptedNotice accepted={accept.data} asked={asked} />
      ) : (
        <div className="flex flex-col gap-4">
          {whole ? <p className="text-muted">{t('accept_whole')}</p> : <Kinds suggestions={asked} />}
          <LoginChoice needs={logins.needs} chosen={logins.chosen} onChoose={logins.choose} />
          <IntervalChoice value={interval} onChange={setInterval} />
          {accept.error && <Notice tone="down">{errorText(accept.error)}</Notice>}
        </div>
      )}
    </Dialog>
  )
}

/** How many of each kind, so that nobody takes a hundred of the wrong one. */
function Kinds({ suggestions }: { suggestions: readonly Suggestion[] }) {
  const { t } = useTranslation('suggestions')
  const collectorName = useCollectorName()
  const counts = new Map<string, number>()
  for (const { collector } of suggestions) counts.set(collector, (counts.get(collector) ?? 0) + 1)
  return (
    <dl aria-label={t('column.collector')} className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 rounded-md bg-sunken/70 px-3 py-2.5 text-sm">
      {[...counts].map(([collector, count]) => (
        <div key={collector} className="contents">
          <dt>{collectorName(collector)}</dt>
          <dd className="text-right text-muted">{count}</dd>
        </div>
      ))}
    </dl>
  )
}
