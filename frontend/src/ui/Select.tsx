import { ChevronDown } from 'lucide-react'
import type { Ref, SelectHTMLAttributes } from 'react'
import { cx } from '@/lib/cx'
import { useField } from './Field'
import { CONTROL } from './Input'

export type Option = { value: string; label: string; disabled?: boolean }
type Props = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'children'> & { options: readonly Option[]; placeholder?: string; ref?: Ref<HTMLSelectElement> }

/** The browser's own list: right on a phone, with every keyboard and for every screen reader. */
export function Select({ options, placeholder, className, ...rest }: Props) {
  const field = useField()
  return (
    <span className={cx('relative flex items-center', className)}>
      <select
        id={field?.id}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.invalid || undefined}
        {...rest}
        className={cx(CONTROL, 'h-8.5 appearance-none max-sm:h-10 truncate pr-8 pl-3')}
      >
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled} className="bg-raised text-text">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-2.5 size-4 text-muted" />
    </span>
  )
}
