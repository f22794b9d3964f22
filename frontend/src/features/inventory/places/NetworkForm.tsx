import { useQuery } from '@tanstack/react-query'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { sitesQuery, useSiteId } from '@/api/site'
import type { Network } from '@/api/types'
import { useApiForm } from '@/api/use-api-form'
import { useFieldText } from '@/api/use-field-text'
import { requiredText, text } from '@/lib/rules'
import { Checkbox } from '@/ui/Checkbox'
import { Field } from '@/ui/Field'
import { FormDialog } from '@/ui/FormDialog'
import { Input } from '@/ui/Input'
import { Select } from '@/ui/Select'
import { createNetwork, PUBLIC_CODES, updateNetwork } from './queries'

const schema = z.object({
  site_id: z.string(),
  cidr: requiredText(64),
  name: text(100),
  description: text(500),
  vlan: z.string().trim().regex(/^\d{0,4}$/, 'invalid_vlan'),
  tags: z.string(),
  scan_allowed: z.boolean(),
  confirm_public: z.string(),
})
type Values = z.infer<typeof schema>

const toBody = ({ name, description, vlan, tags }: Values) => ({
  name,
  description,
  vlan: vlan === '' ? null : Number(vlan),
  tags: tags.split(/[,\s]+/).filter(Boolean),
})

/** Public space is allowed only together with its range, typed again. */
const toPublic = ({ scan_allowed, confirm_public }: Values) =>
  scan_allowed && confirm_public ? { allow_public: true, confirm_public: confirm_public.trim() } : {}

/** Adds a network, or changes what is said about one; its range is fixed once made. */
export function NetworkForm({ network, onClose }: { network?: Network; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common', 'shell'])
  const fieldText = useFieldText()
  const { data: sites } = useQuery(sitesQuery)
  const siteId = useSiteId() ?? sites?.items.find((site) => site.is_default)?.id
  const { form, errorOf, busy, error, code, submit } = useApiForm({
    schema,
    defaults: {
      site_id: String(network?.site_id ?? siteId ?? ''),
      cidr: network?.cidr ?? '',
      name: network?.name ?? '',
      description: network?.description ?? '',
      vlan: network?.vlan?.toString() ?? '',
      tags: network?.tags.join(', ') ?? '',
      scan_allowed: network?.scan_allowed ?? false,
      confirm_public: '',
    },
    send: (values) =>
      network
        ? updateNetwork(network.id, toBody(values))
        : createNetwork({ ...toBody(values), cidr: values.cidr, scan_allowed: values.scan_allowed, ...toPublic(values), ...(values.site_id ? { site_id: Number(values.site_id) } : {}) }),
    onDone: onClose,
    stale: ['networks', 'overview'],
  })
  const title = network ? t('networks.edit_title', { name: network.name || network.cidr }) : t('networks.add')
  return (
    <FormDialog title={title} submitLabel={network ? t('common:action.save') : t('networks.add')} onSubmit={(event) => void submit(event)} onClose={onClose} busy={busy} error={error}>
      {!network && (
        <Field label={t('networks.cidr')} hint={t('networks.cidr_hint')} error={fieldText(errorOf('cidr'))}>
          <Input mono placeholder="192.168.1.0/24" {...form.register('cidr')} />
        </Field>
      )}
      {!network && sites && sites.items.length > 1 && (
        <Field label={t('shell:site.label')} error={fieldText(errorOf('site_id'))}>
          <Select options={sites.items.map((site) => ({ value: String(site.id), label: site.name }))} {...form.register('site_id')} />
        </Field>
      )}
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem]">
        <Field label={t('networks.name')} optional error={fieldText(errorOf('name'))}>
          <Input {...form.register('name')} />
        </Field>
        <Field label={t('networks.vlan')} optional error={fieldText(errorOf('vlan'))}>
          <Input mono inputMode="numeric" {...form.register('vlan')} />
        </Field>
      </div>
      <Field label={t('networks.description')} optional error={fieldText(errorOf('description'))}>
        <Input {...form.register('description')} />
      </Field>
      <Field label={t('networks.tags')} optional hint={t('networks.tags_hint')} error={fieldText(errorOf('tags'))}>
        <Input {...form.register('tags')} />
      </Field>
      {!network && (
        <Controller
          control={form.control}
          name="scan_allowed"
          render={({ field }) => <Checkbox label={t('networks.allow_now')} hint={t('networks.allow_text')} checked={field.value} onChange={(event) => field.onChange(event.target.checked)} />}
        />
      )}
      {code && PUBLIC_CODES.has(code) && (
        <Field label={t('common:confirm.type_to_confirm', { text: form.getValues('cidr') })} error={fieldText(errorOf('confirm_public'))}>
          <Input mono {...form.register('confirm_public')} />
        </Field>
      )}
    </FormDialog>
  )
}
