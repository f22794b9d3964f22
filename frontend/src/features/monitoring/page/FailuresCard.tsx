import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { Failure } from '@/api/types'
import { cx } from '@/lib/cx'
import { ErrorState } from '@/ui/ErrorState'
import { Card } from '@/ui/Page'
import { SkeletonLines } from '@/ui/Skeleton'
import { Time } from '@/ui/Time'
import { failuresOptions } from '../queries'
import { Phases, RecheckLine } from '../TestTrace'
import { usePhaseName, useReasonText } from '../words'

/** Why the last checks failed: a sentence each, the phases on demand. */
export function FailuresCard({ monitorId }: { monitorId: number }) {
  const { t } = useTranslation('monitoring')
  const { data, error, refetch } = useQuery(failuresOptions(monitorId))
  const shown = data?.items ?? []
  return (
    <Card title={t('failures.title')} {...(shown.length > 0 ? { summary: t('failures.kept') } : {})}>
      {error && !data ? (
        <ErrorState compact text={errorText(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonLines lines={3} />
      ) : shown.length === 0 ? (
        <p className="text-muted">{t('failures.none')}</p>
      ) : (
        <ul className="-mx-2 flex flex-col">
          {shown.map((failure) => (
            <FailureRow key={failure.at} failure={failure} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function FailureRow({ failure }: { failure: Failure }) {
  const [open, setOpen] = useState(false)
  const phaseName = usePhaseName()
  const reasonText = useReasonText()
  const more = failure.phases.length > 0 || failure.recheck !== null
  const line = (
    <>
      <span className="min-w-0 flex-1 text-left break-words">{reasonText(failure)}</span>
      {failure.phase && <span className="shrink-0 text-xs text-muted max-sm:hidden">{phaseName(failure.phase)}</span>}
      <span className="shrink-0 text-xs text-muted">
        <Time at={failure.at} />
      </span>
      <ChevronDown aria-hidden className={cx('size-4 shrink-0 text-muted transition-transform duration-100', open && 'rotate-180', !more && 'invisible')} />
    </>
  )
  const looks = 'flex min-h-9 w-full items-center gap-3 rounded-md px-2 py-1.5 text-sm'
  return (
    <li>
      {more ? (
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className={cx(looks, 'hover:bg-glass')}>
          {line}
        </button>
      ) : (
        <div className={looks}>{line}</div>
      )}
      {open && (
        <div className="enter flex flex-col gap-2 px-2 pt-1 pb-3">
          <Phases phases={failure.phases} failed={failure.phase} />
          {failure.recheck && <RecheckLine recheck={failure.recheck} />}
        </div>
      )}
    </li>
  )
}
