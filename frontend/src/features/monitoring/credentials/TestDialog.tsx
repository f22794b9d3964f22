import { useQuery } from '@tanstack/react-query'
import { Zap } from 'lucide-react'
import { useId, useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { fieldErrorText, fieldName, formErrorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import type { CredentialProfile, LoginTried } from '@/api/types'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { Notice } from '@/ui/Notice'
import { Select } from '@/ui/Select'
import { StateMark, type State } from '@/ui/StateMark'
import { Phases } from '../TestTrace'
import { useCollectorName, useMetricName, useReasonText } from '../words'
import { credentialTypesOptions, useTestCredentials } from './queries'

/** Does this login work there? Each step with its time, and the exact refusal in words. */
export function TestDialog({ profile, onClose }: { profile: CredentialProfile; onClose: () => void }) {
  const { t } = useTranslation(['credentials', 'common'])
  const id = useId()
  const [address, setAddress] = useState('')
  const [port, setPort] = useState('')
  const [collector, setCollector] = useState('')
  const [asked, setAsked] = useState(false)
  const test = useTestCredentials(profile.id)
  const collectorName = useCollectorName()
  const collectors = useQuery(credentialTypesOptions).data?.items.find((item) => item.type === profile.type)?.collectors ?? []
  const refused = test.error instanceof ApiError ? test.error.errors : []
  const at = (name: string) => {
    const problem = refused.find((item) => fieldName(item.field) === name)
    return problem && fieldErrorText(problem)
  }
  const wrong = formErrorText(test.error, ['address', 'port', ...(collectors.length > 1 ? ['collector'] : [])])
  const run = () => {
    setAsked(true)
    if (address.trim()) test.mutate({ address: address.trim(), ...(port ? { port: Number(port) } : {}), ...(collector ? { collector } : {}) })
  }
  const footer = (
    <>
      <Button onClick={onClose}>{t('common:action.close')}</Button>
      <Button variant="primary" type="submit" form={id} icon={<Zap />} busy={test.isPending}>
        {t('test.run')}
      </Button>
    </>
  )
  return (
    <Dialog open onClose={onClose} size="md" dismissible={false} title={t('test.title', { name: profile.name })} description={t('test.text')} footer={footer}>
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <div className="grid items-start gap-4 sm:grid-cols-[1fr_8rem]">
          <Field label={t('test.address')} error={at('address') ?? (asked && !address.trim() ? t('common:field.required') : undefined)}>
            <Input mono value={address} maxLength={253} placeholder="192.168.1.10" onChange={(event) => setAddress(event.target.value)} />
          </Field>
          <Field label={t('field.port.label')} optional error={at('port')}>
            <Input mono inputMode="numeric" value={port} maxLength={5} placeholder={profile.port ? String(profile.port) : ''} onChange={(event) => setPort(event.target.value.replace(/\D/g, ''))} />
          </Field>
        </div>
        {collectors.length > 1 && (
          <Field label={t('test.collector')} error={at('collector')}>
            <Select options={collectors.map((name) => ({ value: name, label: collectorName(name) }))} placeholder={t('test.any_collector')} value={collector} onChange={(event) => setCollector(event.target.value)} />
          </Field>
        )}
        {test.isPending && (
          <p role="status" className="text-muted">
            {t('test.running', { address: test.variables.address })}
          </p>
        )}
        {wrong && <Notice tone="down">{wrong}</Notice>}
        {test.data && !test.isPending && <Tried tried={test.data} />}
      </form>
    </Dialog>
  )
}

/** It works, it was refused, or nobody asked who comes. */
function said({ ok, code }: LoginTried, t: TFunction<['credentials']>): { state: State; label: string } {
  if (code === 'login_not_asked') return { state: 'degraded', label: t('test.not_asked') }
  return ok ? { state: 'up', label: t('test.works') } : { state: 'down', label: t('test.refused') }
}

function Tried({ tried }: { tried: LoginTried }) {
  const { t } = useTranslation('credentials')
  const reasonText = useReasonText()
  const metricName = useMetricName()
  const facts = Object.entries(tried.facts)
  return (
    <section aria-label={t('test.result')} className="flex flex-col gap-3 rounded-md border bg-sunken/50 px-3.5 py-3">
      <div role="status" className="flex min-w-0 flex-wrap items-baseline gap-x-2.5 gap-y-1">
        <span className="shrink-0 font-medium">
          <StateMark {...said(tried, t)} />
        </span>
        <span className="min-w-0 break-words">{tried.code === 'login_accepted' ? t('test.works_text', { address: tried.address }) : reasonText(tried)}</span>
      </div>
      <Phases phases={tried.phases} failed={tried.ok ? null : tried.phase} />
      {facts.length > 0 && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-t pt-2.5 text-sm">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{metricName(name)}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
