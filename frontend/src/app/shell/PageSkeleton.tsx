import { Skeleton, SkeletonLines } from '@/ui/Skeleton'

/** A page that is still loading. */
export const PageSkeleton = () => (
  <div aria-busy className="mx-auto flex w-full max-w-400 flex-col gap-6 px-4 pt-6 sm:px-6 lg:px-8">
    <div className="flex flex-col gap-2.5">
      <Skeleton className="h-5 w-40" />
      <Skeleton className="w-72 max-w-full" />
    </div>
    <div className="card p-5">
      <SkeletonLines lines={7} />
    </div>
  </div>
)
