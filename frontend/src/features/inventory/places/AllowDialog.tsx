import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { ApiError } from '@/api/problem'
import type { Network } from '@/api/types'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { PUBLIC_CODES, updateNetwork } from './queries'

/** Allows or forbids scanning of a network, after a person has read what that means. */
export function AllowDialog({ network, onClose }: { network: Network; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: (confirmed: boolean) =>
      updateNetwork(network.id, { scan_allowed: !network.scan_allowed, ...(confirmed ? { allow_public: true, confirm_public: network.cidr } : {}) }),
    onSuccess: async () => {
      await Promise.all(['networks', 'overview'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
      onClose()
    },
  })
  // Public addresses may be somebody else's: the server asks for the range to be typed.
  const asked = change.error instanceof ApiError && PUBLIC_CODES.has(change.error.code)
  const name = network.name ? `${network.name} (${network.cidr})` : network.cidr
  const on = !network.scan_allowed
  return (
    <ConfirmDialog
      open
      danger={!on}
      title={on ? t('networks.allow_title', { name }) : t('networks.forbid_title', { name })}
      description={on ? t('networks.allow_text') : t('networks.forbid_text')}
      confirmLabel={on ? t('networks.allow') : t('networks.forbid')}
      key={String(asked)}
      {...(asked ? { typed: network.cidr } : {})}
      busy={change.isPending}
      error={change.error && errorText(change.error)}
      onConfirm={() => change.mutate(asked)}
      onClose={onClose}
    />
  )
}
