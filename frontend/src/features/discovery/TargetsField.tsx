import { ShieldPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText, fieldErrorText } from '@/api/errors'
import { useCan } from '@/api/session'
import { useFormat } from '@/i18n/use-format'
import { Button } from '@/ui/Button'
import { Field } from '@/ui/Field'
import { LineTextarea } from '@/ui/LineTextarea'
import { Notice } from '@/ui/Notice'
import { networkAround } from './address-math'
import { AllowNetworkDialog } from './AllowNetworkDialog'
import type { LineProblem, ListProblems } from './target-problems'
import type { Expansion } from './use-expansion'

const MOST_SHOWN = 8

type ListProps = { label: string; hint?: string; value: string; onChange: (text: string) => void; problems: ListProblems; rows: number; placeholder?: string; optional?: boolean; autoFocus?: boolean; onAllowed: () => void }

/** A list of targets with numbered lines; what is wrong stands below it, by line. */
export function TargetList({ label, hint, value, onChange, problems, rows, placeholder, optional, autoFocus, onAllowed }: ListProps) {
  const { t } = useTranslation('discovery')
  const wrong = new Set(problems.lines.map((problem) => problem.line))
  const invalid = problems.lines.length + problems.rest.length > 0
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Field label={label} hint={hint} optional={optional ?? false} error={invalid && wrong.size > 0 ? t('new.lines_wrong', { count: wrong.size }) : undefined}>
        <LineTextarea value={value} rows={rows} marked={wrong} placeholder={placeholder} autoFocus={autoFocus} onChange={(event) => onChange(event.target.value)} />
      </Field>
      <ProblemList problems={problems} onAllowed={onAllowed} />
    </div>
  )
}

function ProblemList({ problems, onAllowed }: { problems: ListProblems; onAllowed: () => void }) {
  const { t } = useTranslation('discovery')
  const shown = problems.lines.slice(0, MOST_SHOWN)
  const more = problems.lines.length - shown.length
  if (shown.length + problems.rest.length === 0) return null
  return (
    <ul className="flex flex-col divide-y overflow-hidden rounded-md border">
      {problems.rest.map((problem, index) => (
        <li key={index} className="px-3 py-1.5 text-sm text-down">
          {fieldErrorText(problem)}
        </li>
      ))}
      {shown.map((problem, index) => (
        <ProblemRow key={`${problem.line}-${index}`} problem={problem} onAllowed={onAllowed} />
      ))}
      {more > 0 && <li className="px-3 py-1.5 text-sm text-muted">{t('new.more_lines', { count: more })}</li>}
    </ul>
  )
}

function ProblemRow({ problem, onAllowed }: { problem: LineProblem; onAllowed: () => void }) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const isAdmin = useCan('admin')
  const [allowing, setAllowing] = useState(false)
  const range = problem.params?.['range']
  const network = problem.code === 'scope_not_allowed' && typeof range === 'string' ? networkAround(range) : null
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 text-sm">
      <span className="shrink-0 font-medium text-down">{t('new.line', { number: problem.line })}</span>
      <span className="min-w-40 flex-1 break-words text-muted">{fieldErrorText(problem)}</span>
      {network && (
        <Button size="sm" icon={<ShieldPlus />} disabledReason={!isAdmin && c('role_reason.admin')} onClick={() => setAllowing(true)}>
          {t('allow.button', { network })}
        </Button>
      )}
      {network && allowing && <AllowNetworkDialog cidr={network} onClose={() => setAllowing(false)} onAllowed={onAllowed} />}
    </li>
  )
}

/** "254 addresses in Home, 4 chunks, about 3 min": what a scan of these targets means. */
export function ExpansionLine({ expansion, blank }: { expansion: Expansion; blank: boolean }) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const format = useFormat()
  const { meaning, refused, failed, checking, recheck } = expansion
  if (failed) {
    return (
      <Notice tone="degraded" action={<Button size="sm" onClick={recheck}>{c('action.retry')}</Button>}>
        {t('new.not_checked')} {errorText(failed)}
      </Notice>
    )
  }
  return (
    <div role="status" className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 rounded-md bg-sunken/70 px-3 py-1.5 text-sm">
      {blank && <span className="text-muted">{t('new.nothing_yet')}</span>}
      {!blank && !meaning && <span className="text-muted">{refused ? t('new.fix_first') : t('new.checking')}</span>}
      {meaning && (
        <>
          <span className="font-medium">{t('new.addresses', { count: meaning.address_count, formatted: format.number(meaning.address_count) })}</span>
          {meaning.sampled_networks > 0 && <span className="text-muted">{t('new.sampled', { formatted: format.number(meaning.sampled_networks) })}</span>}
          <span className="text-muted">{t('new.chunks', { count: meaning.chunks_estimated, formatted: format.number(meaning.chunks_estimated) })}</span>
          <span className="text-muted">{t('new.estimate', { time: format.about(meaning.seconds_estimated) })}</span>
          <span className="text-muted">{t('new.packets', { count: meaning.packets_estimated, formatted: format.number(meaning.packets_estimated) })}</span>
          {meaning.networks.length > 0 && (
            <span className="min-w-0 truncate text-muted" title={meaning.networks.map((network) => `${network.name} ${network.cidr}`).join('\n')}>
              {t('new.in_networks', { networks: meaning.networks.map((network) => network.name || network.cidr).join(', ') })}
            </span>
          )}
          {meaning.names.map((name) => (
            <span key={name.name} className="min-w-0 truncate text-muted">
              <span className="mono">{name.name}</span> → <span className="mono">{name.addresses.join(', ')}</span>
            </span>
          ))}
        </>
      )}
      {checking && meaning && <span className="ml-auto text-xs text-muted">{t('new.checking')}</span>}
    </div>
  )
}
