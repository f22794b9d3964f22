/** What went wrong, as the API says it (RFC 9457), and the one error class that the UI catches. */

export type Params = Record<string, string | number | boolean | null | string[]>
export type FieldProblem = { field: string; code: string; params?: Params; detail?: string }
export type Problem = {
  type?: string
  title?: string
  status: number
  detail?: string
  code: string
  params?: Params
  errors?: FieldProblem[]
}

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly params: Params
  readonly errors: readonly FieldProblem[]

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title ?? problem.code)
    this.status = problem.status
    this.code = problem.code
    this.params = problem.params ?? {}
    this.errors = problem.errors ?? []
  }
}

const isProblem = (body: unknown): body is Partial<Problem> =>
  typeof body === 'object' && body !== null && ('code' in body || 'detail' in body)

/** Reads any failed answer. A body that is no problem (a proxy's page, say) becomes `server_error` or `http_<status>`. */
export function toApiError(status: number, body: unknown, retryAfter?: string | null): ApiError {
  const fallback = status >= 500 ? 'server_unavailable' : `http_${status}`
  if (!isProblem(body)) return new ApiError({ status, code: fallback })
  const params = { ...body.params }
  const wait = params['retry_after'] ?? retryAfter
  if (wait !== undefined && wait !== null) params['seconds'] = Math.ceil(Number(wait))
  return new ApiError({ ...body, status, code: typeof body.code === 'string' ? body.code : fallback, params })
}

export const networkError = (): ApiError => new ApiError({ status: 0, code: 'server_away' })
