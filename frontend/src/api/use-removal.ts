import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { errorText, fieldErrorText } from './errors'
import { ApiError } from './problem'

type Options = {
  remove: () => Promise<unknown>
  /** The lists that no longer hold, by the first word of their key. */
  stale: readonly string[]
  onDone: (client: QueryClient) => void
}

/** Removing one thing: how it stands, what went wrong, and what stands in the way, kind by kind. */
export function useRemoval({ remove, stale, onDone }: Options) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: remove,
    onSuccess: () => {
      for (const key of stale) void client.invalidateQueries({ queryKey: [key] })
      onDone(client)
    },
  })
  return {
    run: () => mutate(),
    busy: isPending,
    error: error && errorText(error),
    blockers: error instanceof ApiError ? error.errors.map(fieldErrorText) : [],
  }
}
