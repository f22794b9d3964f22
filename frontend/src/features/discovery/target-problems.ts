import type { ApiError, FieldProblem } from '@/api/problem'
import { overlaps, parseSpan } from './address-math'

/** What the server says of a list of targets, at the lines it is about. */
export type LineProblem = FieldProblem & { line: number }
export type ListProblems = { lines: LineProblem[]; rest: FieldProblem[] }

const entriesOf = (line: string): string[] => line.replaceAll(/(\d) +- +(?=\d)/g, '$1-').split(/[\s,]+/).filter(Boolean)

/** A parse error names its line; a refused range or name is found again in the text that it came from. */
export function problemLines(text: string, problem: FieldProblem): number[] {
  const { line, range, host } = problem.params ?? {}
  if (typeof line === 'number') return [line]
  const lines = text.split(/\r?\n/)
  const holds = typeof host === 'string' && host ? nameIn(host) : typeof range === 'string' ? rangeIn(range) : () => false
  return lines.flatMap((content, index) => (entriesOf(content).some(holds) ? [index + 1] : []))
}

const nameIn = (host: string) => (entry: string) => entry.toLowerCase().replace(/\.$/, '') === host.toLowerCase()

function rangeIn(range: string): (entry: string) => boolean {
  const refused = parseSpan(range)
  return (entry) => {
    const span = parseSpan(entry)
    return refused !== null && span !== null && overlaps(refused, span)
  }
}

/** The problems of one field of the form, told apart into those with a line and those about the whole list. */
export function listProblems(text: string, error: ApiError | null, field: string): ListProblems {
  const lines: LineProblem[] = []
  const rest: FieldProblem[] = []
  for (const problem of error?.errors ?? []) {
    if (problem.field.replace(/^body\./, '').split('.')[0] !== field) continue
    const at = problemLines(text, problem)
    if (at.length === 0) rest.push(problem)
    lines.push(...at.map((line) => ({ ...problem, line })))
  }
  return { lines: lines.sort((a, b) => a.line - b.line), rest }
}
