import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, Radar } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText, fieldErrorText, fieldName, formErrorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import { useCan } from '@/api/session'
import type { Scan } from '@/api/types'
import { paths } from '@/lib/paths'
import { asText, useSearchState } from '@/lib/use-search-state'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { Notice } from '@/ui/Notice'
import { Card, Page } from '@/ui/Page'
import { Select } from '@/ui/Select'
import { SkeletonLines } from '@/ui/Skeleton'
import { optionControls } from '@/lib/option-schema'
import { Ipv6Chip } from './Ipv6Chip'
import { OptionsForm } from './OptionsForm'
import { AllowedNetworks } from './AllowedNetworks'
import { ProfileCards } from './ProfileCards'
import { profilesOptions, projectsOptions, scanOptions, useStartScan } from './queries'
import { asProfile, draftOf, EMPTY_FORM, expandRequestOf, formFrom, type ScanForm } from './scan-form'
import { listProblems } from './target-problems'
import { ExpansionLine, TargetList } from './TargetsField'
import { useExpansion } from './use-expansion'

/** Where a scan is put together. The URL may carry targets, a project, a profile, or a scan to repeat. */
export function NewScanPage() {
  const [search] = useSearchState()
  const from = Number(search['from'])
  const source = useQuery({ ...scanOptions(from), enabled: from > 0 })
  const initial: ScanForm = {
    ...EMPTY_FORM,
    ...(source.data ? formFrom(source.data) : {}),
    ...(search['targets'] ? { targets: String(search['targets']) } : {}),
    ...(search['project'] ? { project: asText(search['project']) ?? '' } : {}),
    ...(asProfile(search['profile']) ? { profile: asProfile(search['profile']) } : {}),
  }
  return (
    <FormPage>
      {from > 0 && source.isPending ? <SkeletonLines lines={8} /> : from > 0 && source.error ? <ErrorState text={errorText(source.error)} /> : <NewScanForm key={source.data?.id ?? 'new'} initial={initial} />}
    </FormPage>
  )
}

function FormPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation('discovery')
  const { t: shell } = useTranslation('shell')
  const back = (
    <Link to={paths.scans} className="inline-flex items-center gap-1 text-muted hover:text-text">
      <ChevronLeft aria-hidden className="size-4" />
      {shell('nav.scans')}
    </Link>
  )
  return (
    <Page width="text" back={back} title={t('new.title')} summary={t('new.summary')}>
      {children}
    </Page>
  )
}

const FIELDS = ['name', 'project_id', 'max_rate', 'chunk_size', 'concurrency', 'host_timeout_s', 'chunk_timeout_s', 'profile', 'targets', 'exclusions']
const shownAtField = (field: string) => FIELDS.includes(field) || /^(options|targets|exclusions)\./.test(field)

function NewScanForm({ initial }: { initial: ScanForm }) {
  const { t } = useTranslation('discovery')
  const { t: c } = useTranslation()
  const navigate = useNavigate()
  const [form, setForm] = useState(initial)
  const [sent, setSent] = useState<ScanForm | null>(null)
  const allowed = useCan('operator')
  const profiles = useQuery(profilesOptions)
  const start = useStartScan()
  const expansion = useExpansion(expandRequestOf(form), allowed)
  const set = (change: Partial<ScanForm>) => setForm((before) => ({ ...before, ...change }))

  const refused = start.error instanceof ApiError ? start.error : null
  const sameList = sent?.targets === form.targets && sent.exclusions === form.exclusions
  const listError = expansion.refused ?? (sameList ? refused : null)
  const errorAt = (field: string) => {
    const problem = refused?.errors.find((item) => fieldName(item.field) === field)
    return problem && fieldErrorText(problem)
  }
  const elsewhere = refused ? formErrorText(refused, refused.errors.map((item) => fieldName(item.field)).filter(shownAtField)) : start.error && errorText(start.error)
  const blank = form.targets.trim() === ''
  const blocked = !allowed ? c('role_reason.operator') : blank ? t('new.needs_targets') : expansion.refused ? t('new.fix_first') : false
  const submit = () => {
    setSent(form)
    start.mutate(draftOf(form), { onSuccess: (scan: Scan) => void navigate({ to: paths.scan(scan.id) }) })
  }
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        if (!blocked) submit()
      }}
    >
      {!allowed && <Notice>{c('role_reason.operator')}</Notice>}
      <Card title={t('new.what')}>
        <div className="flex flex-col gap-4">
          <TargetList
            autoFocus
            rows={6}
            label={t('new.targets')}
            hint={t('new.targets_hint')}
            placeholder={'192.168.1.0/24\n10.0.0.10-10.0.0.40\nnas.lan'}
            value={form.targets}
            onChange={(targets) => set({ targets })}
            problems={listProblems(form.targets, listError, 'targets')}
            onAllowed={expansion.recheck}
          />
          <AllowedNetworks targets={form.targets} onChange={(targets) => set({ targets })} />
          <Ipv6Chip targets={form.targets} onAdd={(targets) => set({ targets })} />
          <ExpansionLine expansion={expansion} blank={blank} />
          <TargetList
            optional
            rows={2}
            label={t('new.exclusions')}
            hint={t('new.exclusions_hint')}
            value={form.exclusions}
            onChange={(exclusions) => set({ exclusions })}
            problems={listProblems(form.exclusions, listError, 'exclusions')}
            onAllowed={expansion.recheck}
          />
        </div>
      </Card>
      <Card title={t('new.profile')}>
        <div className="flex flex-col gap-5">
          {profiles.error ? <Notice tone="down">{errorText(profiles.error)}</Notice> : <ProfileCards profiles={profiles.data?.items} value={form.profile} onChange={(profile) => set({ profile })} />}
          {form.profile === 'custom' && profiles.data && (
            <OptionsForm controls={optionControls(profiles.data.option_schema, { scripts: profiles.data.scripts ?? [] })} values={form.options} onChange={(options) => set({ options })} errorAt={errorAt} />
          )}
        </div>
      </Card>
      <Card title={t('new.details')}>
        <Details form={form} set={set} errorAt={errorAt} />
      </Card>
      {elsewhere && <Notice tone="down">{elsewhere}</Notice>}
      <div className="sticky bottom-0 z-10 -mx-4 -mb-6 flex flex-wrap items-center justify-end gap-2 border-t bg-page px-4 py-3 sm:-mx-2 sm:px-2">
        <Button onClick={() => void navigate({ to: paths.scans })}>{c('action.cancel')}</Button>
        <Button type="submit" variant="primary" icon={<Radar />} busy={start.isPending} disabledReason={blocked}>
          {t('new.start')}
        </Button>
      </div>
    </form>
  )
}

type DetailsProps = { form: ScanForm; set: (change: Partial<ScanForm>) => void; errorAt: (field: string) => string | undefined }

function Details({ form, set, errorAt }: DetailsProps) {
  const { t } = useTranslation('discovery')
  const projects = useQuery(projectsOptions)
  const choices = (projects.data?.items ?? []).map((project) => ({ value: String(project.id), label: project.name }))
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('new.project')} error={errorAt('project_id')}>
          <Select options={choices} placeholder={t('new.default_project')} value={form.project} onChange={(event) => set({ project: event.target.value })} />
        </Field>
        <Field label={t('new.name')} optional error={errorAt('name')}>
          <Input value={form.name} maxLength={120} onChange={(event) => set({ name: event.target.value })} />
        </Field>
      </div>
      <Advanced form={form} set={set} errorAt={errorAt} />
    </div>
  )
}

const ADVANCED = ['max_rate', 'chunk_size', 'concurrency', 'host_timeout_s', 'chunk_timeout_s'] as const

/** Numbers that most people never touch. Opens by itself when the server refuses one of them. */
function Advanced({ form, set, errorAt }: DetailsProps) {
  const { t } = useTranslation('discovery')
  const wrong = ADVANCED.some((name) => errorAt(name))
  return (
    <details open={wrong || undefined} className="group/more rounded-md border">
      <summary className="flex items-center gap-2 rounded-md px-3 py-2 text-sm font-medium select-none marker:content-none">
        <ChevronRight aria-hidden className="size-4 text-muted transition-transform duration-100 group-open/more:rotate-90" />
        {t('advanced.title')}
      </summary>
      <div className="grid gap-4 border-t p-3.5 sm:grid-cols-2">
        {ADVANCED.map((name) => (
          <Field key={name} label={t(`advanced.${name}.label`)} hint={t(`advanced.${name}.hint`)} error={errorAt(name)}>
            <Input type="number" inputMode="numeric" min={1} value={form[name]} onChange={(event) => set({ [name]: event.target.value })} />
          </Field>
        ))}
      </div>
    </details>
  )
}
