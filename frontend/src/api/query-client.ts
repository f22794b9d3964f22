import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './problem'

/** What cannot get better by asking again: any 4xx but a conflict of timing. */
const hopeless = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && !hopeless(error),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
})
