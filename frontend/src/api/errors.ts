import i18next from 'i18next'
import { ApiError, type FieldProblem, type Params } from './problem'

/** Renders an error code in the person's language; the server's English sentence is the fallback. */
export function codeText(code: string, params: Params | undefined, fallback: string): string {
  const key = `errors:${code}`
  if (!i18next.exists(key)) return fallback
  return String(i18next.t(key as never, (params ?? {}) as never))
}

const FINAL = new Set([403, 404, 410])

/** Whether asking again cannot help: what was asked for is gone, or is not for this person. */
export const isFinal = (error: unknown): boolean => error instanceof ApiError && FINAL.has(error.status)

/** One sentence for any thrown value. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError) return codeText(error.code, error.params, error.message)
  return codeText('unexpected', {}, 'Something went wrong.')
}

export const fieldErrorText = (problem: FieldProblem): string =>
  codeText(problem.code, problem.params, problem.detail ?? problem.code)

/** The last part of a field path: "body.options.tcp_ports" is the form's "options.tcp_ports". */
export const fieldName = (field: string): string => field.replace(/^(body|query|path)\./, '')

/** What is left to say above the form: null when every problem belongs to a field that the form shows. */
export function formErrorText(error: unknown, fields: readonly string[]): string | null {
  if (!error) return null
  if (!(error instanceof ApiError) || error.errors.length === 0) return errorText(error)
  const elsewhere = error.errors.filter((problem) => !fields.includes(fieldName(problem.field)))
  return elsewhere.length > 0 ? elsewhere.map(fieldErrorText).join(' ') : null
}
