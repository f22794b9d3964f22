import { Check, Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCopy } from './use-copy'
import { IconButton } from './IconButton'

/** Copies `value`; says so with a tick for a moment. */
export function CopyButton({ value, label }: { value: string; label?: string }) {
  const { t } = useTranslation()
  const [copied, copy] = useCopy()
  return (
    <IconButton size="sm" label={copied ? t('action.copied') : (label ?? t('action.copy'))} onClick={() => copy(value)}>
      {copied ? <Check className="text-up" /> : <Copy />}
    </IconButton>
  )
}
