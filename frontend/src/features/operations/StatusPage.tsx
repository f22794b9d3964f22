import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { Status } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { CopyButton } from '@/ui/CopyButton'
import { ErrorState } from '@/ui/ErrorState'
import { LogoMark } from '@/ui/Logo'
import { Notice } from '@/ui/Notice'
import { Card, Page } from '@/ui/Page'
import { SkeletonLines } from '@/ui/Skeleton'
import { StateMark } from '@/ui/StateMark'
import { Time } from '@/ui/Time'
import { statusQuery } from './queries'

/** What this installation is and can do, with the limits said plainly. */
export function StatusPage() {
  const { t } = useTranslation('settings')
  const { data, error, refetch } = useQuery(statusQuery)
  return (
    <Page width="text" title={t('status.title')} summary={t('status.summary')}>
      {error && !data && <div className="card"><ErrorState text={errorText(error)} onRetry={() => void refetch()} /></div>}
      {!data && !error && <div className="card p-5"><SkeletonLines lines={6} /></div>}
      {data && <StatusCards status={data} />}
    </Page>
  )
}

function StatusCards({ status }: { status: Status }) {
  const { t } = useTranslation(['settings', 'discovery'])
  const { storage, capabilities } = status
  return (
    <>
      {capabilities && !capabilities.nmap_version && <Notice tone="down">{t('status.nmap_missing')}</Notice>}
      {capabilities && !capabilities.raw_sockets && <Notice tone="degraded">{t('status.limited')}</Notice>}
      {capabilities?.limitations?.includes('container_network') && <Notice tone="degraded">{t('discovery:limitation.container_network')}</Notice>}
      <section className="card flex flex-wrap items-center gap-4 p-5">
        <LogoMark className="size-12 shrink-0" />
        <div className="min-w-40 flex-1">
          <p className="text-lg font-semibold">Lanarium {status.version}</p>
          {status.started_at && <p className="text-sm text-muted">{t('status.running_since')} <Time at={status.started_at} /></p>}
        </div>
        {status.commit && (
          <span className="inline-flex items-center gap-1 text-sm text-muted">
            <span className="mono">{status.commit.slice(0, 10)}</span>
            <CopyButton value={status.commit} />
          </span>
        )}
      </section>
      {capabilities && (
        <Card title={t('status.scanning')}>
          <Facts
            rows={[
              [t('status.nmap'), capabilities.nmap_version ?? <StateMark state="down" label={t('status.missing')} />],
              [t('status.raw'), capabilities.raw_sockets ? <StateMark state="up" label={t('status.raw_full')} /> : <StateMark state="degraded" label={t('status.raw_limited')} />],
            ]}
          />
        </Card>
      )}
      {storage && (
        <Card title={t('status.storage')}>
          <Facts rows={[[t('status.engine'), `${storage.engine} ${storage.version}`], ...(storage.level === 'plain' ? [] : [[t('status.level'), t(`status.levels.${storage.level}`)] as const])]} />
          <p className="mt-3 text-sm text-muted">{t(`status.level_hints.${storage.level}`)}</p>
        </Card>
      )}
      <ExtraFacts status={status} />
    </>
  )
}

const Facts = ({ rows }: { rows: readonly (readonly [ReactNode, ReactNode])[] }) => (
  <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[13rem_1fr]">
    {rows.map(([name, value], index) => (
      <div key={index} className="contents">
        <dt className="text-muted max-sm:-mb-1.5 max-sm:text-sm">{name}</dt>
        <dd className="min-w-0 break-words">{value}</dd>
      </div>
    ))}
  </dl>
)

/** The server's own limits, in words; one that is newer than this page keeps its own name. */
function ExtraFacts({ status }: { status: Status }) {
  const { t, i18n } = useTranslation('settings')
  const format = useFormat()
  const rows = Object.entries(status.limits ?? {}).map(([name, value]) => [i18n.exists(`settings:status.limit_names.${name}`) ? t(`status.limit_names.${name as 'max_scans'}`) : name, typeof value !== 'number' ? String(value) : name.endsWith('_bytes') ? format.bytes(value) : format.number(value)] as const)
  if (rows.length === 0) return null
  return (
    <Card title={t('status.limits')}>
      <Facts rows={rows} />
    </Card>
  )
}
