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
import { LinkButton } from '@/ui/LinkButton'
import { LogoMark } from '@/ui/Logo'
import { Notice } from '@/ui/Notice'
import { SkeletonLines } from '@/ui/Skeleton'
import { ProposalList } from './ProposalList'
import { allowAndScan, proposalsQuery } from './queries'

/** The first page of a fresh installation: which networks may be scanned? Nothing is sent before somebody says so. */
export function FirstRun() {
  const { t } = useTranslation('overview')
  const allowed = useCan('admin')
  return (
    <div className="mx-auto flex w-full max-w-180 flex-col gap-6 px-4 py-8 sm:px-6 lg:py-14">
      <header className="flex flex-col items-center text-center">
        <LogoMark className="size-16" />
        <h1 className="mt-5 text-2xl font-semibold tracking-tight text-balance">{t('setup.title')}</h1>
        <p className="mt-2 max-w-125 text-lg text-pretty text-muted">{t('setup.text')}</p>
      </header>
      {allowed ? <Confirm /> : <Notice>{t('setup.ask_admin')}</Notice>}
    </div>
  )
}

function Confirm() {
  const { t } = useTranslation('overview')
  const { data, error, refetch } = useQuery(proposalsQuery)
  if (error) return <div className="card"><ErrorState compact text={errorText(error)} onRetry={() => void refetch()} /></div>
  if (!data) return <div className="card p-5"><SkeletonLines lines={4} /></div>
  const open = data.items.filter((proposal) => !proposal.already_allowed)
  if (open.length === 0) {
    return (
      <Notice action={<LinkButton to={paths.networks} size="sm">{t('setup.by_hand')}</LinkButton>}>{t('setup.none')}</Notice>
    )
  }
  return <ProposalForm proposals={open} />
}

function ProposalForm({ proposals }: { proposals: readonly NetworkProposal[] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(proposals.filter((proposal) => proposal.preselected).map((proposal) => proposal.cidr)))
  const start = useMutation({
    mutationFn: () => allowAndScan([...chosen]),
    onSuccess: (scanId) => navigate({ to: paths.scan(scanId) }),
    onSettled: () => queries.invalidateQueries(),
  })
  const picked = proposals.filter((proposal) => chosen.has(proposal.cidr))
  const addresses = picked.reduce((sum, proposal) => sum + proposal.addresses, 0)
  const seconds = picked.reduce((sum, proposal) => sum + proposal.seconds_estimated, 0)
  return (
    <section className="card overflow-hidden shadow-lifted">
      <ProposalList proposals={proposals} chosen={chosen} onChange={setChosen} />
      <footer className="flex flex-col gap-3 border-t bg-glass px-5 py-4">
        {start.error && <Notice tone="down">{errorText(start.error)}</Notice>}
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <p className="min-w-0 flex-1 basis-60 text-base text-muted">
            {picked.length === 0
              ? t('setup.choose')
              : t('setup.total', { count: addresses, formatted: format.number(addresses), duration: format.duration(seconds) })}
          </p>
          <Button variant="primary" icon={<Radar />} busy={start.isPending} disabled={picked.length === 0} onClick={() => start.mutate()}>
            {start.isPending ? t('setup.starting') : t('setup.start')}
          </Button>
        </div>
      </footer>
    </section>
  )
}
