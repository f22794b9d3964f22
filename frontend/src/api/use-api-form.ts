import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm, type DefaultValues, type FieldValues, type Path } from 'react-hook-form'
import type { ZodType } from 'zod'
import { fieldErrorText, fieldName, formErrorText } from './errors'
import { ApiError } from './problem'

type Options<T extends FieldValues, R> = {
  schema: ZodType<T, T>
  defaults: DefaultValues<T>
  send: (values: T) => Promise<R>
  onDone: (result: R) => void
  /** First words of the query keys that the write makes stale. */
  stale: readonly string[]
}

/** A form that is sent to the API: checked here first, then the server's problems appear at their fields. */
export function useApiForm<T extends FieldValues, R>({ schema, defaults, send, onDone, stale }: Options<T, R>) {
  const queries = useQueryClient()
  const form = useForm<T>({ resolver: zodResolver(schema), defaultValues: defaults })
  const fields = Object.keys(defaults as object)
  const showAtFields = (error: unknown) => {
    if (!(error instanceof ApiError)) return
    for (const problem of error.errors) {
      const name = fieldName(problem.field)
      if (fields.includes(name)) form.setError(name as Path<T>, { type: 'server', message: fieldErrorText(problem) })
    }
  }
  const mutation = useMutation({
    mutationFn: send,
    onSuccess: async (result) => {
      await Promise.all(stale.map((resource) => queries.invalidateQueries({ queryKey: [resource] })))
      onDone(result)
    },
    onError: showAtFields,
  })
  const errorOf = (name: Path<T>): string | undefined => form.getFieldState(name, form.formState).error?.message
  return {
    form,
    errorOf,
    busy: mutation.isPending,
    error: formErrorText(mutation.error, fields),
    code: mutation.error instanceof ApiError ? mutation.error.code : null,
    submit: form.handleSubmit((values) => mutation.mutate(values)),
    sent: mutation.isSuccess,
  }
}
