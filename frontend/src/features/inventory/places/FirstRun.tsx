import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Radar } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import type { NetworkProposal } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { LinkButton, TextLink } from '@/ui/LinkButton'
import { LogoMark } from '@/ui/Logo'
import { Notice } from '@/ui/Notice'
import { SkeletonLines } from '@/ui/Skeleton'
import { setFirstScan } from './first-hour'
import { askable, ProposalList } from './ProposalList'
import { allowAndScan, proposalsQuery } from './queries'

/** The first page of a fresh installation: which networks may be scanned? Nothing is sent before somebody says so. */
export function FirstRun() {
  const { t } = useTranslation('welcome')
  const allowed = useCan('admin')
  return (
    <div className="mx-auto flex w-full max-w-200 flex-col gap-6 px-4 py-6 sm:px-6 lg:py-10">
      <header className="flex flex-col items-center text-center">
        <LogoMark className="size-14" />
        <h1 className="mt-4 text-2xl font-semibold tracking-tight text-balance">{t('title')}</h1>
        <p className="mt-2 max-w-140 text-base text-balance text-muted">{t('text')}</p>
      </header>
      {allowed ? <Confirm /> : <Notice>{t('ask_admin')}</Notice>}
    </div>
  )
}

function Confirm() {
  const { t } = useTranslation('welcome')
  const { data, error, refetch } = useQuery(proposalsQuery)
  if (error) return <div className="card"><ErrorState compact text={errorText(error)} onRetry={() => void refetch()} /></div>
  if (!data) return <div className="card p-5" aria-busy="true"><SkeletonLines lines={4} /></div>
  const open = data.items.filter((proposal) => !proposal.already_allowed)
  if (open.length === 0) {
    return <Notice action={<LinkButton to={paths.networks} size="sm">{t('by_hand')}</LinkButton>}>{t('none')}</Notice>
  }
  return (
    <>
      <ProposalForm proposals={open} />
      <p className="text-center text-sm">
        <TextLink to={paths.networks}>{t('by_hand')}</TextLink>
      </p>
    </>
  )
}

function ProposalForm({ proposals }: { proposals: readonly NetworkProposal[] }) {
  const { t } = useTranslation('welcome')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(proposals.filter((proposal) => proposal.preselected).map((proposal) => proposal.cidr)))
  const picked = proposals.filter((proposal) => chosen.has(proposal.cidr))
  const start = useMutation({
    mutationFn: () => allowAndScan(picked),
    onSuccess: async (scanId) => {
      setFirstScan(scanId)
      await navigate(scanId === null ? { to: paths.networks } : { to: paths.inventory, search: { sort: 'address' } as never })
    },
    onSettled: () => queries.invalidateQueries(),
  })
  return (
    <section className="card overflow-hidden shadow-lifted">
      <ProposalList proposals={proposals} chosen={chosen} onChange={setChosen} />
      <footer className="flex flex-col gap-3 border-t bg-glass px-5 py-4">
        {start.error && <Notice tone="down">{errorText(start.error)}</Notice>}
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <div className="min-w-0 flex-1 basis-60 text-sm text-muted" aria-live="polite">
            <Total picked={picked} />
          </div>
          <Button variant="primary" className="max-sm:w-full" icon={<Radar />} busy={start.isPending} disabled={picked.length === 0} onClick={() => start.mutate()}>
            {start.isPending ? t('starting') : t('start')}
          </Button>
        </div>
      </footer>
    </section>
  )
}

/** What the ticked networks come to. */
function Total({ picked }: { picked: readonly NetworkProposal[] }) {
  const { t } = useTranslation('welcome')
  const format = useFormat()
  if (picked.length === 0) return t('choose')
  const sum = (read: (proposal: NetworkProposal) => number) => picked.reduce((total, proposal) => total + (askable(proposal) > 0 ? read(proposal) : 0), 0)
  const count = sum(askable)
  const addresses = t('addresses', { count, formatted: format.number(count) })
  return (
    <>
      <p className="text-base text-text">{t('total', { addresses, duration: format.about(sum((p) => p.seconds_estimated)), packets: format.number(sum((p) => p.packets_estimated)) })}</p>
      <p>{t('details_follow')}</p>
    </>
  )
}
