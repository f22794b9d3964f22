import { useQuery } from '@tanstack/react-query'
import { Search, X } from 'lucide-react'
import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, unwrap } from '@/api/client'
import { useSiteId } from '@/api/site'
import { cx } from '@/lib/cx'
import { Field } from '@/ui/Field'
import { IconButton } from '@/ui/IconButton'
import { Input } from '@/ui/Input'
import type { MonitorDraft } from './draft'

type Props = { draft: MonitorDraft; onChange: (change: Partial<MonitorDraft>) => void; error: string | undefined }
type Found = { id: number; name: string; address: string | null | undefined }

const MOST = 6

/** What to watch: one field that finds devices by name or address, and takes any other address as it is. */
export function TargetField({ draft, onChange, error }: Props) {
  const { t } = useTranslation('monitoring')
  const { device } = draft
  if (!device) return <TargetSearch draft={draft} onChange={onChange} error={error} />
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-sm font-medium">{t('form.target')}</span>
      <div className="flex h-8.5 items-center gap-2 rounded-md border border-line-strong bg-glass pr-0.5 pl-3 max-sm:h-10">
        <span className="min-w-0 truncate font-medium">{device.name}</span>
        <span className="mono min-w-0 truncate text-sm text-muted">{draft.address || device.address}</span>
        <IconButton size="sm" className="ml-auto" label={t('form.other_target')} onClick={() => onChange({ device: null, address: '' })}>
          <X />
        </IconButton>
      </div>
      {error && (
        <p role="alert" className="text-xs text-down">
          {error}
        </p>
      )}
    </div>
  )
}

function TargetSearch({ draft, onChange, error }: Props) {
  const { t } = useTranslation('monitoring')
  const list = useId()
  const [at, setAt] = useState(-1)
  const [closed, setClosed] = useState(false)
  const q = useDeferredValue(draft.address.trim())
  const site = useSiteId()
  const query = useQuery({
    queryKey: ['devices', 'list', 'targets', q, site],
    queryFn: () => unwrap(api.GET('/api/v1/devices', { params: { query: { q, limit: MOST, ...(site === undefined ? {} : { site_id: site }) } } })),
    enabled: q.length > 0,
  })
  const found: Found[] = closed || q === '' ? [] : (query.data?.items ?? []).map(({ id, name, primary_address: address }) => ({ id, name, address }))
  const take = (device: Found | undefined) => device && onChange({ device, address: '' })
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (move !== undefined && found.length > 0) {
      event.preventDefault()
      setAt((index) => Math.min(found.length - 1, Math.max(-1, index + move)))
    } else if (event.key === 'Enter' && found[at]) {
      event.preventDefault()
      take(found[at])
    } else if (event.key === 'Escape' && found.length > 0) {
      event.preventDefault()
      event.stopPropagation()
      setClosed(true)
    }
  }
  return (
    <div className="relative">
      <Field label={t('form.target')} hint={t('form.target_hint')} error={error}>
        <Input
          icon={<Search />}
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
          value={draft.address}
          maxLength={253}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setAt(-1)
            setClosed(false)
            onChange({ address: event.target.value })
          }}
        />
      </Field>
      <ul id={list} role="listbox" aria-label={t('form.devices')} className={cx('absolute inset-x-0 top-15.5 z-20 rounded-md border border-line-strong bg-raised p-1 shadow-lifted max-sm:top-17', found.length === 0 && 'hidden')}>
        {found.map((device, index) => (
          <li
            key={device.id}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseEnter={() => setAt(index)}
            onMouseDown={(event) => {
              event.preventDefault()
              take(device)
            }}
            className={cx('flex h-8 cursor-pointer items-center gap-2.5 rounded-sm px-2.5 text-sm max-sm:h-10', index === at && 'bg-glass')}
          >
            <span className="min-w-0 truncate">{device.name}</span>
            <span className="mono ml-auto shrink-0 text-muted">{device.address}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
