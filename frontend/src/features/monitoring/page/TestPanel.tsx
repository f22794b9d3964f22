import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/ui/IconButton'
import { Card } from '@/ui/Page'
import { TestTrace } from '../TestTrace'
import type { Tracing } from '../trace'

/** A test that somebody asked for: what it does now, and what it came to. Nothing of it is kept. */
export function TestPanel({ tracing, onClose }: { tracing: Tracing; onClose: () => void }) {
  const { t } = useTranslation('monitoring')
  const { t: c } = useTranslation()
  return (
    <Card
      title={t('test.label')}
      summary={t('test.not_kept')}
      actions={
        <IconButton size="sm" label={c('action.close')} onClick={onClose}>
          <X />
        </IconButton>
      }
    >
      <TestTrace tracing={tracing} />
    </Card>
  )
}
