import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { Notice } from '@/ui/Notice'
import { SkeletonLines } from '@/ui/Skeleton'
import { ProposalList } from './ProposalList'
import { createNetwork, proposalsQuery } from './queries'

/** Networks that this machine sees and that are not listed yet, to be allowed in one go. */
export function ProposalsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common', 'overview'])
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(proposalsQuery)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const open = data?.items.filter((proposal) => !proposal.already_allowed) ?? []
  const allow = useMutation({
    mutationFn: async () => {
      for (const cidr of chosen) await createNetwork({ cidr, scan_allowed: true })
    },
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['networks'] }),
  })
  const footer = open.length > 0 && (
    <>
      <Button onClick={onClose}>{t('common:action.cancel')}</Button>
      <Button variant="primary" busy={allow.isPending} disabled={chosen.size === 0} onClick={() => allow.mutate()}>
        {t('networks.allow_chosen', { count: chosen.size })}
      </Button>
    </>
  )
  return (
    <Dialog open onClose={onClose} title={t('networks.proposals_title')} description={t('networks.proposals_text')} footer={footer}>
      {error && <ErrorState compact text={errorText(error)} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines lines={4} />}
      {data && open.length === 0 && <Notice>{t('networks.proposals_none')}</Notice>}
      {open.length > 0 && (
        <div className="overflow-hidden rounded-lg border">
          <ProposalList proposals={open} chosen={chosen} onChange={setChosen} />
        </div>
      )}
      {allow.error && <Notice tone="down" className="mt-3">{errorText(allow.error)}</Notice>}
    </Dialog>
  )
}
