import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Grid3x3, Radar } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useList } from '@/api/lists'
import { useCan } from '@/api/session'
import type { SampledNetwork, Scan } from '@/api/types'
import { useFormat } from '@/i18n/use-format'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/EmptyState'
import { Notice } from '@/ui/Notice'
import type { Column } from '@/ui/table/column'
import { useScanTargets } from './coverage/queries'
import { sampleOptions, sampleTotalsOptions } from './queries'

const IN_A_24 = 256

/** Which /24s of a sampled network are in use, each with a button that scans it as a whole. */
export function SampleTab({ scan, alive }: { scan: Scan; alive: boolean }) {
  const { t } = useTranslation('discovery')
  const format = useFormat()
  const client = useQueryClient()
  const list = useList(sampleOptions(scan.id))
  const { data: totals } = useQuery(sampleTotalsOptions(scan.id, alive))
  const used = totals?.total
  useEffect(() => void client.invalidateQueries({ queryKey: sampleOptions(scan.id).queryKey }), [client, scan.id, used, alive])
  const start = useScanTargets()
  const columns = useColumns(scan, start)
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      {totals && (
        <p className="text-sm text-pretty text-muted">
          {t('sample.summary', { used: format.number(totals.total), networks: format.number(totals.networks), answered: format.number(totals.answered), asked: format.number(totals.asked) })} {t('sample.silent')}
        </p>
      )}
      {start.error && <Notice tone="down">{errorText(start.error)}</Notice>}
      <DataTable
        fill
        name="scan-sample"
        label={t('tab.sample')}
        {...list}
        error={list.error && errorText(list.error)}
        onRetry={list.retry}
        columns={columns}
        rowKey={(item) => item.network}
        card={(item) => (
          <div className="flex items-center justify-between gap-3 text-sm">
            <span className="mono">{item.network}</span>
            <span className="text-muted">{t('sample.share', { answered: item.answered, asked: item.asked })}</span>
            <ScanButton scan={scan} item={item} start={start} />
          </div>
        )}
        empty={
          <EmptyState compact icon={<Grid3x3 />} title={alive ? t('sample.waiting_title') : t('sample.none_title')}>
            {alive ? t('sample.waiting_text') : t('sample.none_text')}
          </EmptyState>
        }
      />
    </div>
  )
}

type Start = ReturnType<typeof useScanTargets>

function useColumns(scan: Scan, start: Start): Column<SampledNetwork>[] {
  const { t } = useTranslation('discovery')
  return [
    { id: 'network', header: t('sample.network'), width: 190, fixed: true, cell: (item) => <span className="mono">{item.network}</span> },
    { id: 'answered', header: t('sample.answered'), width: 200, cell: (item) => t('sample.share', { answered: item.answered, asked: item.asked }) },
    { id: 'scan', header: t('sample.next'), width: 200, cell: (item) => <ScanButton scan={scan} item={item} start={start} /> },
  ]
}

function ScanButton({ scan, item, start }: { scan: Scan; item: SampledNetwork; start: Start }) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const navigate = useNavigate()
  const allowed = useCan('operator')
  const targets = { targets: [item.network], count: IN_A_24, name: item.network, project: scan.project_id }
  return (
    <Button
      size="sm"
      variant="ghost"
      icon={<Radar />}
      aria-label={`${t('sample.scan')}: ${item.network}`}
      busy={start.isPending && start.variables?.name === item.network}
      disabledReason={allowed ? false : c('role_reason.operator')}
      onClick={() => start.mutate(targets, { onSuccess: (made) => void navigate({ to: paths.scan(made.id) }) })}
    >
      {t('sample.scan')}
    </Button>
  )
}
