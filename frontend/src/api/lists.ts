import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query'
import { useMemo } from 'react'
import { isFinal } from './errors'
import type { Page } from './types'

/** Query options for a list that pages by cursor: `fetchPage` gets the cursor, undefined for the first page. */
export const listOptions = <T, K extends QueryKey>(key: K, fetchPage: (cursor: string | undefined) => Promise<Page<T>>) =>
  infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<T>) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

/** A paged list as a table wants it. */
export function useList<T, K extends QueryKey>(options: ReturnType<typeof listOptions<T, K>>) {
  const query = useInfiniteQuery(options)
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return {
    rows,
    total: query.data?.pages[0]?.total,
    loading: query.isPending,
    stale: query.isPlaceholderData,
    error: query.error,
    retry: isFinal(query.error) ? undefined : () => void query.refetch(),
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    onMore: () => void query.fetchNextPage(),
  }
}
