import { useQuery } from '@tanstack/react-query'
import { ChevronRight, ExternalLink, Plug } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import type { Device, Port } from '@/api/types'
import { cx } from '@/lib/cx'
import { CopyButton } from '@/ui/CopyButton'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonLines } from '@/ui/Skeleton'
import { StateMark } from '@/ui/StateMark'
import { Time } from '@/ui/Time'
import { serviceName, speaksFor, webLink } from './ports'
import { portsOptions } from './queries'

const COLUMNS = ['port', 'state', 'service', 'product', 'first_seen', 'last_seen'] as const

/** What answers at the device, and what its scripts printed: text of a stranger, shown as text. */
export function PortsTab({ device }: { device: Device }) {
  const { t } = useTranslation('inventory')
  const query = useQuery(portsOptions(device.id))
  if (query.isPending) return <div className="card p-4"><SkeletonLines lines={6} /></div>
  if (query.error) return <div className="card"><ErrorState text={errorText(query.error)} onRetry={() => void query.refetch()} /></div>
  const ports = query.data.items
  if (ports.length === 0) {
    return (
      <div className="card">
        <EmptyState compact icon={<Plug />} title={t('ports.none_title')}>
          {t('ports.none_text')}
        </EmptyState>
      </div>
    )
  }
  // "Open" on every row says nothing: the state has a column when states differ.
  const columns = COLUMNS.filter((column) => column !== 'state' || ports.some((port) => port.state !== 'open'))
  return (
    <div className="card overflow-x-auto">
      <table aria-label={t('tab.ports')} className="w-full border-separate border-spacing-0 text-sm max-sm:block">
        <thead className="max-sm:hidden">
          <tr className="h-9 text-left text-xs text-muted">
            {columns.map((column) => (
              <th key={column} scope="col" className={cx('border-b px-3 font-medium first:pl-4', column === 'port' && 'w-32 pl-10.5!')}>
                {t(`ports.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {ports.map((port) => (
            <PortRow key={port.id} device={device} port={port} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A click on a link or a button is theirs, not the row's. */
const actsItself = (target: EventTarget): boolean => target instanceof Element && target.closest('a,button') !== null

const CELL = 'border-b border-line/60 px-3 first:pl-4 max-sm:border-0 max-sm:px-0 max-sm:first:pl-0'

type RowProps = { device: Device; port: Port; columns: readonly (typeof COLUMNS)[number][] }

function PortRow({ device, port, columns }: RowProps) {
  const { t } = useTranslation('inventory')
  const [open, setOpen] = useState(false)
  const more = port.scripts.length > 0
  const link = webLink(port.address ?? device.primary_address, port)
  const product = [port.product, port.version].filter(Boolean).join(' ')
  return (
    <>
      <tr onClick={(event) => more && !actsItself(event.target) && setOpen(!open)} className={cx('h-9 hover:bg-glass ', more && 'cursor-pointer', 'max-sm:flex max-sm:h-auto max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:border-b max-sm:px-3 max-sm:py-2')}>
        <td className={CELL}>
          <span className="flex items-center gap-1.5">
            {more ? (
              <button type="button" aria-expanded={open} aria-label={t('ports.scripts_of', { port: `${port.port}/${port.protocol}` })} onClick={() => setOpen(!open)} className="relative inline-flex size-5 items-center justify-center rounded-sm text-muted before:absolute before:-inset-2 hover:text-text">
                <ChevronRight aria-hidden className={cx('size-4 transition-transform duration-100', open && 'rotate-90')} />
              </button>
            ) : (
              <span className="size-5" />
            )}
            <span className="mono inline-flex font-medium">
              <span className="text-right sm:w-11">{port.port}</span>
              <span className="font-normal text-muted">/{port.protocol}</span>
            </span>
          </span>
        </td>
        {columns.includes('state') && (
          <td className={cx(CELL, 'max-sm:hidden')}>
            <StateMark state={port.state === 'open' ? 'up' : 'unknown'} label={port.state === 'open' ? t('ports.open') : port.state} />
          </td>
        )}
        <td className={CELL}>
          {link ? (
            <a href={link} target="_blank" rel="noopener noreferrer" className="inline-flex items-center gap-1 text-accent-text hover:underline">
              {serviceName(port)}
              <ExternalLink aria-label={t('ports.opens')} className="size-3.5" />
            </a>
          ) : (
            (serviceName(port) ?? <span className="text-muted">–</span>)
          )}
          {port.tunnel && !speaksFor(port) && <span className="ml-1.5 text-xs text-muted uppercase">{port.tunnel}</span>}
        </td>
        <td className={cx(CELL, 'max-w-96 max-sm:order-last max-sm:w-full max-sm:pl-6.5', !product && 'max-sm:hidden')}>
          <span className="block truncate max-sm:whitespace-normal" title={[product, port.extra].filter(Boolean).join(' ')}>
            {product || <span className="text-muted max-sm:hidden">–</span>}
            {port.extra && <span className="ml-2 text-muted">{port.extra}</span>}
          </span>
        </td>
        <td className={cx(CELL, 'text-muted max-sm:hidden')}>
          <Time at={port.first_seen} />
        </td>
        <td className={cx(CELL, 'text-muted max-sm:ml-auto max-sm:text-xs')}>
          <Time at={port.last_seen} />
        </td>
      </tr>
      {open && (
        <tr className="max-sm:block">
          <td colSpan={columns.length} className="border-b bg-sunken/60 px-4 py-3 max-sm:block">
            <div className="flex flex-col gap-3 pl-6.5 max-sm:pl-0">
              {port.scripts.map((script) => (
                <section key={script.name}>
                  <div className="mb-1 flex items-center gap-1">
                    <h3 className="mono text-xs text-muted">{script.name}</h3>
                    <CopyButton value={script.output} />
                  </div>
                  <pre className="max-h-72 overflow-auto font-mono text-xs break-words whitespace-pre-wrap">{script.output}</pre>
                </section>
              ))}
            </div>
          </td>
        </tr>
      )}
    </>
  )
}
