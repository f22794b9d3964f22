import { useEffect } from 'react'
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form'
import { fieldErrorText, fieldName } from './errors'
import { ApiError } from './problem'

/** Puts the server's field problems at the form's fields; `fields` are those that the form shows. */
export function useServerErrors<T extends FieldValues>(error: unknown, fields: readonly Path<T>[], setError: UseFormSetError<T>): void {
  useEffect(() => {
    if (!(error instanceof ApiError)) return
    for (const problem of error.errors) {
      const field = fields.find((name) => name === fieldName(problem.field))
      if (field) setError(field, { type: 'server', message: fieldErrorText(problem) })
    }
    // The list of fields is written in place by each form; only a new error matters.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [error, setError])
}
