import { useTranslation } from 'react-i18next'
import { StateMark, type State } from './StateMark'

export type ScanStatusName = 'queued' | 'running' | 'pausing' | 'paused' | 'stopping' | 'completed' | 'partial' | 'stopped' | 'failed' | 'interrupted'

const STATES: Record<ScanStatusName, State> = {
  queued: 'unknown',
  running: 'new',
  pausing: 'maintenance',
  paused: 'maintenance',
  stopping: 'maintenance',
  completed: 'up',
  partial: 'degraded',
  stopped: 'maintenance',
  failed: 'down',
  interrupted: 'degraded',
}

/** A scan's status with its mark; a running one breathes. */
export function ScanStatusMark({ status, compact }: { status: ScanStatusName; compact?: boolean }) {
  const { t } = useTranslation()
  return <StateMark state={STATES[status]} label={t(`scan_status.${status}`)} compact={compact ?? false} pulse={status === 'running' || status === 'pausing' || status === 'stopping'} />
}
