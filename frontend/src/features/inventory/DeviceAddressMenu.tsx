import { useNavigate } from '@tanstack/react-router'
import { Radar, SquareArrowOutUpRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/errors'
import { useCan } from '@/api/session'
import { paths } from '@/lib/paths'
import { MenuItem } from '@/ui/Menu'
import { showToast } from '@/ui/toast'
import { useScanAddress } from './queries'

/** What can be done with an address, for the menu of its chip. */
export function DeviceAddressMenu({ address, deviceId }: { address: string; deviceId?: number }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const allowed = useCan('operator')
  const scan = useScanAddress()
  const scanNow = () =>
    scan.mutate(address, {
      onSuccess: (started) => void navigate({ to: paths.scan(started.id) }),
      onError: (error) => showToast(errorText(error), { tone: 'down' }),
    })
  return (
    <>
      {deviceId !== undefined && (
        <MenuItem icon={<SquareArrowOutUpRight />} onSelect={() => void navigate({ to: paths.device(deviceId) })}>
          {t('address.open_device')}
        </MenuItem>
      )}
      <MenuItem icon={<Radar />} disabledReason={!allowed && t('role_reason.operator')} onSelect={scanNow}>
        {t('address.scan_now')}
      </MenuItem>
    </>
  )
}
