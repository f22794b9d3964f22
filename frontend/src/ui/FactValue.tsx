import { Pin } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/i18n/use-format'
import { Popover } from './Popover'
import { useSourceName } from './source-name'

export type FactLike = {
  value: string | null
  source: string
  observed_at: string
  confidence?: number | null
  pinned?: boolean
  pinned_by?: string | null
  losing?: readonly { value: string | null; source: string; observed_at: string }[]
}

/** A value with the source that won; the badge opens where it came from and what the others said. */
export function FactValue({ fact, children }: { fact: FactLike; children?: ReactNode }) {
  const { t } = useTranslation()
  const sourceName = useSourceName()
  const name = fact.pinned ? t('fact.pinned') : sourceName(fact.source)
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <span className="min-w-0 truncate" title={fact.value ?? undefined}>
        {children ?? fact.value ?? <span className="text-muted">–</span>}
      </span>
      {!fact.pinned && <Sureness value={fact.confidence} />}
      {/* What nobody said has no source, and so no badge. */}
      {name && (
        <Popover
          label={t('fact.source')}
          trigger={
            <button type="button" className="inline-flex h-4.5 shrink-0 items-center gap-1 rounded-sm border px-1 text-xs text-muted hover:border-line-strong hover:text-text">
              {fact.pinned && <Pin aria-hidden className="size-3 text-accent-text" />}
              {name}
            </button>
          }
        >
          <FactOrigin fact={fact} />
        </Popover>
      )}
    </span>
  )
}

const share = (confidence: number): number => (confidence > 1 ? confidence / 100 : confidence)

/** How sure the source is, where it is not certain: a guess must not look like a fact. */
function Sureness({ value }: { value: number | null | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (typeof value !== 'number' || share(value) >= 1) return null
  return (
    <span className="shrink-0 text-xs text-muted" title={t('fact.confidence', { value: format.percent(share(value)) })}>
      {format.percent(share(value))}
    </span>
  )
}

function FactOrigin({ fact }: { fact: FactLike }) {
  const { t } = useTranslation()
  const format = useFormat()
  const sourceName = useSourceName()
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
      <dt className="text-muted">{t('fact.source')}</dt>
      <dd>{fact.pinned && fact.pinned_by ? t('fact.pinned_by', { name: fact.pinned_by }) : sourceName(fact.source)}</dd>
      <dt className="text-muted">{t('fact.observed')}</dt>
      <dd>{format.absolute(fact.observed_at)}</dd>
      {typeof fact.confidence === 'number' && (
        <dd className="col-span-2">{t('fact.confidence', { value: format.percent(share(fact.confidence)) })}</dd>
      )}
      {fact.losing && fact.losing.length > 0 && (
        <dd className="col-span-2 mt-2 border-t pt-2">
          <p className="mb-1 text-xs text-muted">{t('fact.losing')}</p>
          <ul className="flex flex-col gap-1">
            {fact.losing.map((other, index) => (
              <li key={index} className="flex justify-between gap-4">
                <span className="min-w-0 break-words">{other.value ?? '–'}</span>
                <span className="text-xs whitespace-nowrap text-muted">
                  {sourceName(other.source)}, {format.relative(other.observed_at)}
                </span>
              </li>
            ))}
          </ul>
        </dd>
      )}
    </dl>
  )
}
