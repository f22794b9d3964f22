import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus, Trash2, Workflow } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText, isFinal } from '@/api/errors'
import { useCan } from '@/api/session'
import { useRemoval } from '@/api/use-removal'
import type { ProvisioningRule } from '@/api/types'
import { Button } from '@/ui/Button'
import { DataTable } from '@/ui/DataTable'
import { DeleteDialog } from '@/ui/DeleteDialog'
import { EmptyState } from '@/ui/EmptyState'
import { MenuItem, MenuSeparator } from '@/ui/Menu'
import { Page } from '@/ui/Page'
import { RowMenu } from '@/ui/RowMenu'
import { MonitorsNav } from '../MonitorsNav'
import { removeRule, rulesOptions } from './queries'
import { useRuleColumns } from './rule-columns'
import { RuleForm } from './RuleForm'

type Open = { kind: 'create' } | { kind: 'edit' | 'delete'; rule: ProvisioningRule } | null

/** Networks in which suggestions are taken by themselves. */
export function RulesPage() {
  const { t } = useTranslation(['suggestions', 'common', 'monitoring', 'credentials'])
  const reason = useCan('operator') ? null : t('common:role_reason.operator')
  const [open, setOpen] = useState<Open>(null)
  const list = useQuery(rulesOptions)
  const rows = list.data?.items ?? []
  const columns = useRuleColumns(reason)
  const close = () => setOpen(null)
  const add = (
    <Button variant="primary" icon={<Plus />} disabledReason={reason} onClick={() => setOpen({ kind: 'create' })}>
      {t('rule.add')}
    </Button>
  )
  return (
    <Page title={t('rule.title')} summary={t('rule.summary')} actions={rows.length > 0 && add}>
      <MonitorsNav />
      <DataTable
        name="rules"
        label={t('rule.title')}
        rows={rows}
        columns={columns}
        rowKey={(rule) => String(rule.id)}
        loading={list.isPending}
        error={list.error && errorText(list.error)}
        onRetry={isFinal(list.error) ? undefined : () => void list.refetch()}
        {...(reason ? {} : { onOpen: (rule: ProvisioningRule) => setOpen({ kind: 'edit', rule }) })}
        rowActions={(rule) => (
          <RowMenu name={rule.name}>
            <MenuItem icon={<Pencil />} disabledReason={reason} onSelect={() => setOpen({ kind: 'edit', rule })}>
              {t('common:action.edit')}
            </MenuItem>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 />} disabledReason={reason} onSelect={() => setOpen({ kind: 'delete', rule })}>
              {t('common:action.delete')}
            </MenuItem>
          </RowMenu>
        )}
        empty={
          <EmptyState icon={<Workflow />} title={t('rule.empty.title')} action={add}>
            {t('rule.empty.text')}
          </EmptyState>
        }
      />
      {open?.kind === 'create' && <RuleForm onClose={close} />}
      {open?.kind === 'edit' && <RuleForm rule={open.rule} onClose={close} />}
      {open?.kind === 'delete' && <DeleteRule rule={open.rule} onClose={close} />}
    </Page>
  )
}

function DeleteRule({ rule, onClose }: { rule: ProvisioningRule; onClose: () => void }) {
  const { t } = useTranslation(['suggestions', 'common'])
  const removal = useRemoval({ remove: () => removeRule(rule.id), stale: ['provisioning-rules'], onDone: onClose })
  return <DeleteDialog title={t('rule.delete.title', { name: rule.name })} text={t('rule.delete.text')} label={t('common:action.delete')} removal={removal} onClose={onClose} />
}
