import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Field } from '@/ui/Field'
import { Input } from '@/ui/Input'
import { useAllowNetwork } from './queries'

/** Puts a network on the list of what may be scanned, without leaving the form. */
export function AllowNetworkDialog({ cidr, onClose, onAllowed }: { cidr: string; onClose: () => void; onAllowed: () => void }) {
  const { t } = useTranslation('discovery')
  const [network, setNetwork] = useState(cidr)
  const [name, setName] = useState('')
  const allow = useAllowNetwork()
  const confirm = () =>
    allow.mutate(
      { cidr: network.trim(), name: name.trim() },
      {
        onSuccess: () => {
          onClose()
          onAllowed()
        },
      },
    )
  return (
    <ConfirmDialog
      open
      title={t('allow.title')}
      description={t('allow.text')}
      confirmLabel={t('allow.confirm')}
      busy={allow.isPending}
      error={allow.error && errorText(allow.error)}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Field label={t('allow.network')}>
        <Input mono value={network} onChange={(event) => setNetwork(event.target.value)} />
      </Field>
      <Field label={t('allow.name')} optional>
        <Input value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
      </Field>
    </ConfirmDialog>
  )
}
