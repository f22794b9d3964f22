import { useTranslation } from 'react-i18next'
import type { NetworkProposal } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { Checkbox } from '@/ui/Checkbox'

type Props = { proposals: readonly NetworkProposal[]; chosen: ReadonlySet<string>; onChange: (chosen: ReadonlySet<string>) => void }

/** The networks that this machine sees, each with where it was seen and how long a scan takes. */
export function ProposalList({ proposals, chosen, onChange }: Props) {
  const toggle = (cidr: string) => {
    const next = new Set(chosen)
    if (!next.delete(cidr)) next.add(cidr)
    onChange(next)
  }
  return (
    <ul className="flex flex-col">
      {proposals.map((proposal) => (
        <li key={proposal.cidr} className="border-b border-line/60 last:border-b-0 hover:bg-glass">
          <Checkbox
            className="px-5 py-3.5"
            checked={chosen.has(proposal.cidr)}
            onChange={() => toggle(proposal.cidr)}
            label={<ProposalText proposal={proposal} />}
          />
        </li>
      ))}
    </ul>
  )
}

function ProposalText({ proposal }: { proposal: NetworkProposal }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const from = t(`setup.source.${proposal.source}`, { name: proposal.interface ?? '' })
  const facts = [
    t('setup.addresses', { count: proposal.addresses, formatted: format.number(proposal.addresses) }),
    proposal.hosts_known > 0 && t('setup.known', { count: proposal.hosts_known }),
    proposal.gateway && t('setup.gateway', { address: proposal.gateway }),
  ].filter(Boolean)
  return (
    <span className="flex w-full min-w-0 flex-wrap items-baseline gap-x-3">
      <span className="mono text-lg font-medium">{proposal.cidr}</span>
      <span className="text-sm text-muted">{from}</span>
      <span className="ml-auto text-sm text-muted">{t('setup.takes', { duration: format.duration(proposal.seconds_estimated) })}</span>
      <span className="basis-full text-sm text-muted">{facts.join(' · ')}</span>
    </span>
  )
}
