import { Skeleton, SkeletonLines } from '@/ui/Skeleton'

const SPANS = ['lg:col-span-4', 'lg:col-span-4', 'md:col-span-2 lg:col-span-4', 'md:col-span-2 lg:col-span-5', 'md:col-span-2 lg:col-span-7']

export const OverviewSkeleton = () => (
  <div aria-busy className="grid gap-4 md:grid-cols-2 lg:grid-cols-12">
    {SPANS.map((span, index) => (
      <div key={index} className={`card flex h-64 flex-col gap-5 p-4 ${span}`}>
        <Skeleton className="h-4 w-24" />
        <SkeletonLines lines={5} />
      </div>
    ))}
  </div>
)
