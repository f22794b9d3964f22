import { useTranslation } from 'react-i18next'
import type { NetworkProposal } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { Checkbox } from '@/ui/Checkbox'

type Props = { proposals: readonly NetworkProposal[]; chosen: ReadonlySet<string>; onChange: (chosen: ReadonlySet<string>) => void }

/** A network as large as this is allowed as a whole, and scanned in parts. */
export const LARGEST_SCAN = 65_536
const LARGEST_TICKED = 1_024
const GRID = 'sm:grid sm:grid-cols-[minmax(0,1fr)_9.5rem_6.5rem_5.5rem] sm:gap-x-4'

export const isIpv6 = (proposal: NetworkProposal): boolean => proposal.cidr.includes(':')

/** How many addresses a scan of it would ask. */
export const askable = (proposal: NetworkProposal): number =>
  isIpv6(proposal) ? proposal.ipv6_seen.length : proposal.addresses > LARGEST_SCAN ? 0 : proposal.addresses

/** The networks that this machine sees: where each was seen, how many devices to expect, and what a scan costs. */
export function ProposalList({ proposals, chosen, onChange }: Props) {
  const { t } = useTranslation('welcome')
  const toggle = (cidr: string) => {
    const next = new Set(chosen)
    if (!next.delete(cidr)) next.add(cidr)
    onChange(next)
  }
  return (
    <div>
      <div aria-hidden className={`hidden border-b py-2 pr-5 pl-12 text-xs text-muted ${GRID}`}>
        <span>{t('column.network')}</span>
        <span className="text-right">{t('column.devices')}</span>
        <span className="text-right">{t('column.time')}</span>
        <span className="text-right">{t('column.packets')}</span>
      </div>
      <ul aria-label={t('label')} className="flex flex-col">
        {proposals.map((proposal) => (
          <li key={proposal.cidr} className="border-b border-line/60 last:border-b-0 hover:bg-glass has-checked:bg-glass">
            <Checkbox className="px-5 py-3" checked={chosen.has(proposal.cidr)} onChange={() => toggle(proposal.cidr)} label={<ProposalText proposal={proposal} />} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function ProposalText({ proposal }: { proposal: NetworkProposal }) {
  const { t } = useTranslation('welcome')
  const format = useFormat()
  const from = [t(`source.${proposal.source}`, { name: proposal.interface ?? '' }), proposal.gateway && t('gateway', { address: proposal.gateway })].filter(Boolean).join(' · ')
  const cost = askable(proposal) > 0
  return (
    <span className={`flex flex-wrap items-baseline gap-x-3 gap-y-0.5 ${GRID}`}>
      <span className="min-w-0 basis-full">
        <span className="mono block truncate text-lg font-medium">{proposal.cidr}</span>
        <span className="block text-sm text-pretty text-muted">{from}</span>
        <Remark proposal={proposal} />
      </span>
      <Expected proposal={proposal} />
      <span className="text-sm sm:text-right">{cost && format.about(proposal.seconds_estimated)}</span>
      <span className="text-sm sm:text-right">
        {cost && (
          <>
            {format.number(proposal.packets_estimated)} <span className="text-muted sm:sr-only">{t('column.packets')}</span>
          </>
        )}
      </span>
    </span>
  )
}

function Expected({ proposal }: { proposal: NetworkProposal }) {
  const { t } = useTranslation('welcome')
  const format = useFormat()
  if (isIpv6(proposal)) return <span className="text-sm sm:text-right">{proposal.ipv6_seen.length > 0 && t('ipv6_seen', { count: proposal.ipv6_seen.length })}</span>
  const heard = proposal.hosts_known > 0 ? t('known', { count: proposal.hosts_known, formatted: format.number(proposal.hosts_known) }) : t('known_none')
  return (
    <span className="flex gap-x-1.5 text-sm sm:block sm:text-right">
      {t('expected', { formatted: format.number(proposal.hosts_expected) })}
      <span className="text-muted sm:block sm:text-xs">{heard}</span>
    </span>
  )
}

/** What a person should know before ticking it. */
function Remark({ proposal }: { proposal: NetworkProposal }) {
  const { t } = useTranslation('welcome')
  const text = isIpv6(proposal)
    ? t(proposal.ipv6_seen.length > 0 ? 'ipv6_only_seen' : 'ipv6_none')
    : proposal.addresses > LARGEST_SCAN
      ? t('too_large')
      : proposal.addresses > LARGEST_TICKED
        ? t('large')
        : null
  return text && <span className="block text-xs text-pretty text-muted">{text}</span>
}
