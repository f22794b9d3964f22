import { useNavigate } from '@tanstack/react-router'
import { Ban, Check, EyeOff, Inbox, Merge } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan } from '@/api/session'
import { useSiteId } from '@/api/site'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { useHotkeys } from '@/lib/use-hotkeys'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LinkButton } from '@/ui/LinkButton'
import { Notice } from '@/ui/Notice'
import { Page } from '@/ui/Page'
import { SkeletonLines } from '@/ui/Skeleton'
import { useRowKeys } from '@/ui/table/use-row-keys'
import { InboxRow } from './InboxRow'
import { MergeDialog } from './MergeDialog'
import { inboxOptions, type InboxItem } from './queries'
import { useDeeds } from './use-deeds'

/** What was found by itself and waits until somebody says what it is to us. */
export function InboxPage() {
  const { t } = useTranslation('inbox')
  const format = useFormat()
  const list = useList(inboxOptions(useSiteId()))
  const summary = list.total === undefined ? ' ' : list.total === 0 ? t('clear') : t('waiting', { count: list.total, formatted: format.number(list.total) })
  return (
    <Page title={t('title')} summary={summary}>
      {list.loading && <div className="card p-5" aria-busy="true"><SkeletonLines lines={6} /></div>}
      {list.error && list.rows.length === 0 && <div className="card"><ErrorState text={errorText(list.error)} {...(list.retry ? { onRetry: list.retry } : {})} /></div>}
      {!list.loading && !list.error && list.rows.length === 0 && <NothingWaits />}
      <Finds items={list.rows} {...(list.hasMore ? { onMore: list.onMore } : {})} busyMore={list.loadingMore} />
    </Page>
  )
}

function NothingWaits() {
  const { t } = useTranslation('inbox')
  return (
    <div className="card">
      <EmptyState icon={<Inbox />} title={t('empty_title')} action={<LinkButton to={paths.inventory}>{t('empty_action')}</LinkButton>}>
        {t('empty_text')}
      </EmptyState>
    </div>
  )
}

type FindsProps = { items: readonly InboxItem[]; onMore?: () => void; busyMore: boolean }

function Finds({ items, onMore, busyMore }: FindsProps) {
  const { t } = useTranslation('inbox')
  const { t: c } = useTranslation()
  const navigate = useNavigate()
  const allowed = useCan('operator')
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [merging, setMerging] = useState<readonly InboxItem[] | null>(null)
  const deeds = useDeeds()
  const toggle = (id: number) => setChosen((before) => (before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id])))
  const [active] = useRowKeys({
    count: items.length,
    enabled: merging === null,
    onOpen: (index) => items[index] && void navigate({ to: paths.device(items[index].device.id) }),
    onSelect: (index) => items[index] && toggle(items[index].device.id),
    onMove: (index) => document.querySelectorAll('[data-find]')[index]?.scrollIntoView({ block: 'nearest' }),
  })
  const selected = items.filter((item) => chosen.has(item.device.id))
  const meant = selected.length > 0 ? selected : items.slice(Math.max(active, 0), Math.max(active, 0) + (active >= 0 ? 1 : 0))
  const clear = () => setChosen(new Set())
  const decide = (action: 'approve' | 'hide' | 'ignore', which: readonly InboxItem[] = meant) => which.length > 0 && deeds.run({ action, ids: which.map((item) => item.device.id) }, clear)
  const merge = (which: readonly InboxItem[] = meant) => which.length > 0 && setMerging(which)
  const keys = { a: () => decide('approve'), h: () => decide('hide'), i: () => decide('ignore'), m: () => merge(), u: deeds.undoLast }
  useHotkeys(keys, allowed && merging === null && !deeds.busy)
  const reason = !allowed && c('role_reason.operator')
  return (
    <>
      {items.length > 0 && (
        <section aria-label={t('list')} className="card flex min-w-0 flex-col overflow-hidden">
          <div className="flex min-h-11 flex-wrap items-center gap-2 border-b px-4 py-1.5">
            <Checkbox
              aria-label={t('select_all')}
              checked={selected.length === items.length}
              indeterminate={selected.length > 0 && selected.length < items.length}
              onChange={() => setChosen(selected.length === items.length ? new Set() : new Set(items.map((item) => item.device.id)))}
            />
            <Button size="sm" variant="primary" icon={<Check />} disabled={meant.length === 0} disabledReason={reason} onClick={() => decide('approve')}>{t('approve')}</Button>
            <Button size="sm" icon={<EyeOff />} disabled={meant.length === 0} disabledReason={reason} onClick={() => decide('hide')}>{t('hide')}</Button>
            <Button size="sm" icon={<Ban />} disabled={meant.length === 0} disabledReason={reason} onClick={() => decide('ignore')}>{t('ignore')}</Button>
            <Button size="sm" icon={<Merge />} disabled={meant.length === 0} disabledReason={reason} onClick={() => merge()}>{t('merge')}</Button>
            <p className="ml-auto text-xs text-muted max-lg:hidden">{t('hint')}</p>
          </div>
          {deeds.error && <Notice tone="down" className="m-3">{errorText(deeds.error)}</Notice>}
          <ul>
            {items.map((item, index) => (
              <InboxRow
                key={item.device.id}
                item={item}
                active={index === active}
                chosen={chosen.has(item.device.id)}
                reason={reason}
                onToggle={() => toggle(item.device.id)}
                onMerge={(suggestion) => deeds.run({ action: 'merge', ids: [item.device.id], into: suggestion.device_id, reason: '' }, clear)}
              />
            ))}
          </ul>
          {onMore && (
            <div className="flex justify-center border-t p-2">
              <Button size="sm" variant="ghost" busy={busyMore} onClick={onMore}>{c('action.load_more')}</Button>
            </div>
          )}
        </section>
      )}
      {merging && (
        <MergeDialog
          devices={merging.map((item) => item.device)}
          suggestions={merging.flatMap((item) => item.suggestions)}
          onClose={() => setMerging(null)}
          onDone={(action) => {
            deeds.done(action)
            setMerging(null)
            clear()
          }}
        />
      )}
    </>
  )
}
