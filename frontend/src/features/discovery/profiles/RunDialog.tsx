import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { DiscoveryProfile, FoundDevice } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { useNow } from '@/lib/use-now'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { LinkButton, TextLink } from '@/ui/LinkButton'
import { Notice } from '@/ui/Notice'
import { StateMark } from '@/ui/StateMark'
import { useRunProfile, type RunAnswer } from './queries'

/** Runs a profile in front of the person's eyes: the seconds that it takes, then the devices, or the scan to watch. */
export function RunDialog({ profile, onClose }: { profile: DiscoveryProfile; onClose: () => void }) {
  const { t } = useTranslation(['profiles', 'common'])
  const run = useRunProfile(profile.id)
  const started = useRef(false)
  const { mutate } = run
  useEffect(() => {
    if (started.current) return
    started.current = true
    mutate()
  }, [mutate])
  const again = (
    <>
      <Button onClick={onClose}>{t('common:action.close')}</Button>
      {!run.isPending && run.submittedAt > 0 && (
        <Button variant="primary" onClick={() => mutate()}>
          {t('run.again')}
        </Button>
      )}
    </>
  )
  return (
    <Dialog open onClose={onClose} size="md" dismissible={false} title={t('run.title', { name: profile.name })} description={<span className="mono">{profile.subnet}</span>} footer={again}>
      <div role="status" aria-busy={run.isPending}>
        {run.error ? <Notice tone="down">{errorText(run.error)}</Notice> : run.data && !run.isPending ? <Outcome answer={run.data} /> : <Running key={run.submittedAt} />}
      </div>
    </Dialog>
  )
}

function Running() {
  const { t } = useTranslation('profiles')
  const format = useFormat()
  const [began] = useState(() => Date.now())
  const now = useNow(1_000)
  return (
    <p className="flex items-center gap-2.5">
      <StateMark compact pulse state="new" label={t('run.running')} />
      {t('run.running')} <span className="text-muted">{format.duration(Math.max(0, Math.round((now - began) / 1_000)))}</span>
    </p>
  )
}

function Outcome({ answer }: { answer: RunAnswer }) {
  const { t } = useTranslation('profiles')
  const format = useFormat()
  if (!('devices' in answer)) {
    return <Notice action={<LinkButton size="sm" to={paths.scan(answer.scan_id)}>{t('run.watch')}</LinkButton>}>{t('run.goes_on')}</Notice>
  }
  const { devices, found, windows, provisioned } = answer
  if (found === 0) return <Notice tone="degraded">{t('run.none')}</Notice>
  return (
    <div className="flex flex-col gap-3">
      <p className="font-medium">
        {t('run.counts', { count: found, windows })}
        {provisioned > 0 && `, ${t('run.provisioned', { count: provisioned })}`}
      </p>
      <ul className="divide-y overflow-hidden rounded-md border">
        {devices.map((device) => (
          <FoundRow key={device.id} device={device} />
        ))}
      </ul>
      {found > devices.length && <p className="text-sm text-muted">{t('run.shown', { shown: format.number(devices.length), total: format.number(found) })}</p>}
    </div>
  )
}

function FoundRow({ device }: { device: FoundDevice }) {
  return (
    <li className="flex min-h-9 items-center gap-3 px-3 py-1 text-sm">
      <span className="min-w-0 truncate"><TextLink to={paths.device(device.id)}>{device.name || device.ip}</TextLink></span>
      {device.windows && <Badge>Windows</Badge>}
      {device.os && <span className="min-w-0 truncate text-muted max-sm:hidden">{device.os}</span>}
      <span className="mono ml-auto shrink-0 text-muted">{device.ip}</span>
    </li>
  )
}
