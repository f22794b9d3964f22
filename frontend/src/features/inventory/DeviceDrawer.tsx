import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowUpRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText, isFinal } from '@/api/errors'
import type { Device } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { Drawer } from '@/ui/Drawer'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonLines } from '@/ui/Skeleton'
import { Time } from '@/ui/Time'
import { AddressList } from './AddressList'
import { DeviceActions } from './DeviceActions'
import { DeviceStateLine } from './DeviceStateLine'
import { Nothing, TagChips } from './device-columns'
import { FactLine } from './FactLine'
import { factOrder } from './facts'
import { serviceName } from './ports'
import { deviceOptions, portsOptions } from './queries'

/** The inspector beside the list: what matters of one device, and the way to its page. */
export function DeviceDrawer({ id, onClose, onGone }: { id: number | undefined; onClose: () => void; onGone: (ids: readonly number[]) => void }) {
  const { t } = useTranslation('inventory')
  const query = useQuery({ ...deviceOptions(id ?? 0), enabled: id !== undefined })
  const device = query.data
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      label={t('drawer.label')}
      title={device?.name ?? ' '}
      actions={
        id !== undefined && (
          <Link to={paths.device(id)} className="inline-flex h-7 items-center gap-1 rounded-md px-2 text-sm text-accent-text hover:bg-glass">
            {t('drawer.open_page')}
            <ArrowUpRight aria-hidden className="size-4" />
          </Link>
        )
      }
    >
      {device ? (
        <DrawerBody
          device={device}
          onDeleted={() => {
            onGone([device.id])
            onClose()
          }}
        />
      ) : query.error ? (
        <ErrorState compact text={errorText(query.error)} onRetry={isFinal(query.error) ? undefined : () => void query.refetch()} />
      ) : (
        <SkeletonLines lines={9} />
      )}
    </Drawer>
  )
}

function DrawerBody({ device, onDeleted }: { device: Device; onDeleted: () => void }) {
  const { t } = useTranslation('inventory')
  return (
    <div className="flex flex-col gap-5">
      <DeviceStateLine device={device} />
      <DeviceActions device={device} onDeleted={onDeleted} compact />
      <Section title={t('section.addresses')}>
        <AddressList device={device} />
      </Section>
      <Section title={t('section.ports')}>
        <DrawerPorts device={device} />
      </Section>
      <Section title={t('section.facts')}>
        <dl className="flex flex-col">
          {factOrder(device.facts).map(([field, fact]) => (
            <FactLine key={field} device={device} field={field} fact={fact} />
          ))}
        </dl>
      </Section>
      {device.tags.length > 0 && (
        <Section title={t('column.tags')}>
          <TagChips tags={device.tags} />
        </Section>
      )}
      {device.notes && (
        <Section title={t('notes.title')}>
          <p className="text-base break-words whitespace-pre-wrap">{device.notes}</p>
        </Section>
      )}
      <p className="text-sm text-muted">
        {t('column.first_seen')} <Time at={device.first_seen} /> · {t('column.last_seen')} <Time at={device.last_seen} />
      </p>
    </div>
  )
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h3 className="mb-1.5 text-xs font-medium text-muted">{title}</h3>
    {children}
  </section>
)

const FEW = 12

function DrawerPorts({ device }: { device: Device }) {
  const format = useFormat()
  const { data, isPending } = useQuery(portsOptions(device.id))
  if (isPending) return <SkeletonLines lines={2} />
  const ports = data?.items ?? []
  if (ports.length === 0) return <Nothing />
  return (
    <ul className="flex flex-col text-sm">
      {ports.slice(0, FEW).map((port) => (
        <li key={port.id} className="flex items-baseline gap-3 border-b border-line/60 py-1 last:border-b-0">
          <span className="mono w-18 shrink-0">
            <span className="inline-block w-9 text-right">{port.port}</span>
            <span className="text-muted">/{port.protocol}</span>
          </span>
          <span className="w-24 shrink-0 truncate" title={serviceName(port) ?? undefined}>
            {serviceName(port)}
          </span>
          <span className="min-w-0 truncate text-muted" title={[port.product, port.version].filter(Boolean).join(' ')}>
            {[port.product, port.version].filter(Boolean).join(' ')}
          </span>
        </li>
      ))}
      {ports.length > FEW && <li className="pt-1 text-muted">+{format.number(ports.length - FEW)}</li>}
    </ul>
  )
}
