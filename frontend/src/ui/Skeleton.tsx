import { cx } from '@/lib/cx'

/** The shape of what is coming. */
export const Skeleton = ({ className }: { className?: string }) => <span aria-hidden className={cx('skeleton block h-3.5', className)} />

const WIDTHS = ['w-3/5', 'w-4/5', 'w-1/2', 'w-2/3', 'w-3/4']

export const SkeletonLines = ({ lines = 3 }: { lines?: number }) => (
  <div aria-hidden className="flex flex-col gap-3">
    {Array.from({ length: lines }, (_, index) => (
      <Skeleton key={index} className={WIDTHS[index % WIDTHS.length] ?? 'w-2/3'} />
    ))}
  </div>
)
