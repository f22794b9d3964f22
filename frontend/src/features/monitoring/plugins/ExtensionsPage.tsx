import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { Extension } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { optionControls } from '@/lib/option-schema'
import { paths } from '@/lib/paths'
import { Badge } from '@/ui/Badge'
import { ErrorState } from '@/ui/ErrorState'
import { LinkButton } from '@/ui/LinkButton'
import { Card, Page } from '@/ui/Page'
import { SkeletonLines } from '@/ui/Skeleton'
import { useCredentialWords } from '../credentials/words'
import { useExtensionSummary } from '../extension-summary'
import { extensionsOptions } from '../queries'
import { useCollectorName } from '../words'

const KINDS = ['source', 'collector', 'sync', 'notifier'] as const

/** What this installation was built with: each extension is one file of the program. */
export function ExtensionsPage() {
  const { t } = useTranslation(['plugins', 'monitoring', 'credentials'])
  const query = useQuery(extensionsOptions)
  const items = query.data?.items ?? []
  return (
    <Page
      title={t('extension.title')}
      summary={query.data ? t('extension.summary', { count: items.length }) : ' '}
      actions={<LinkButton to={paths.plugins}>{t('extension.configure')}</LinkButton>}
    >
      {query.isPending && <SkeletonLines lines={8} />}
      {query.error && (
        <div className="card">
          <ErrorState text={errorText(query.error)} onRetry={() => void query.refetch()} />
        </div>
      )}
      <div className="flex flex-col gap-4">
        {KINDS.map((kind) => {
          const some = items.filter((item) => item.kind === kind)
          return (
            some.length > 0 && (
              <Card key={kind} flush title={t(`extension.kind.${kind}`)} summary={t(`extension.kind_text.${kind}`)}>
                <ul className="divide-y">
                  {some.map((item) => (
                    <ExtensionRow key={item.name} extension={item} />
                  ))}
                </ul>
              </Card>
            )
          )
        })}
      </div>
    </Page>
  )
}

function ExtensionRow({ extension }: { extension: Extension }) {
  const { t } = useTranslation('plugins')
  const format = useFormat()
  const collectorName = useCollectorName()
  const summary = useExtensionSummary()
  const words = useCredentialWords()
  const options = optionControls(extension.options_schema).length
  const { credentials = [], credential_needed: needed, default_interval_s: interval } = extension
  return (
    <li className="grid gap-x-6 gap-y-1.5 px-4 py-3 md:grid-cols-[15rem_1fr_minmax(0,19rem)] md:items-baseline">
      <span className="flex flex-wrap items-baseline gap-x-2 font-medium">
        {extension.kind === 'collector' ? collectorName(extension.name) : t(`extension.name.${extension.name}` as 'extension.name.nmap', { defaultValue: extension.name })}
        <code className="mono text-xs font-normal text-muted">{extension.name}</code>
      </span>
      <span className="text-pretty text-muted">{summary(extension)}</span>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted md:justify-end">
        {credentials.length > 0 && (
          <span className="inline-flex flex-wrap gap-1.5">
            {credentials.map((type) => (
              <Badge key={type}>{words.type(type)}</Badge>
            ))}
          </span>
        )}
        {needed && <span>{t('extension.needs_login')}</span>}
        {interval && <span className="whitespace-nowrap">{t('extension.every', { interval: format.duration(interval) })}</span>}
        <span className="whitespace-nowrap">{t('extension.options', { count: options })}</span>
      </span>
    </li>
  )
}
