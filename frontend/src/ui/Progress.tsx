import { useFormat } from '@/i18n/use-format'
import { cx } from '@/lib/cx'

/** A bar from 0 to 1; `animate` while work goes on. */
export function Progress({ value, label, active, slim }: { value: number; label: string; active?: boolean; slim?: boolean }) {
  const format = useFormat()
  const share = Math.min(1, Math.max(0, value))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={format.percent(share)}
      className={cx('w-full overflow-hidden rounded-full bg-line', slim ? 'h-1' : 'h-1.5')}
    >
      <div className={cx('h-full rounded-full bg-accent transition-[width] duration-150', active && 'animate-[breathe_2.4s_ease-in-out_infinite]')} style={{ width: `${share * 100}%` }} />
    </div>
  )
}
