import type { Ref, TextareaHTMLAttributes } from 'react'
import { cx } from '@/lib/cx'
import { useField } from './Field'
import { CONTROL } from './Input'

type Props = TextareaHTMLAttributes<HTMLTextAreaElement> & { mono?: boolean; ref?: Ref<HTMLTextAreaElement> }

export function Textarea({ mono, className, rows = 3, ...rest }: Props) {
  const field = useField()
  return (
    <textarea
      id={field?.id}
      aria-describedby={field?.describedBy}
      aria-invalid={field?.invalid || undefined}
      spellCheck={!mono}
      rows={rows}
      {...rest}
      className={cx(CONTROL, 'min-h-20 px-3 py-2', mono && 'font-mono text-sm!', className)}
    />
  )
}
