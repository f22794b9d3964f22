import { Activity } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/api/session'
import { Button } from '@/ui/Button'
import { MonitorThisDialog } from './MonitorThisDialog'

type Props = { devices: readonly { id: number; name: string }[]; size?: 'sm' | 'md'; onMade?: () => void }

/** The button that turns what was found of devices into monitors. */
export function MonitorThis({ devices, size = 'md', onMade }: Props) {
  const { t } = useTranslation(['suggestions', 'common', 'monitoring'])
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size={size} icon={<Activity />} disabledReason={!useCan('operator') && t('common:role_reason.operator')} onClick={() => setOpen(true)}>
        {t('button', { count: devices.length })}
      </Button>
      {open && <MonitorThisDialog devices={devices} onClose={() => setOpen(false)} {...(onMade ? { onMade } : {})} />}
    </>
  )
}
