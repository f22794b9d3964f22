import type { ScanLine } from '@/api/types'
import type { LogLine } from '@/ui/LogView'
import type { Gap } from './scan-log'

/** Rows for the log view: the lines of the chosen chunk (all when none is chosen) with a row wherever lines are missing. */
export function logRows(lines: readonly ScanLine[], gaps: readonly Gap[], chunk: number | undefined, gapText: (gap: Gap) => string): LogLine[] {
  const rows: LogLine[] = []
  let next = 0
  for (const line of lines) {
    const gap = gaps[next]
    if (gap && gap.from < line.seq) {
      rows.push({ seq: gap.from, text: gapText(gap), kind: 'gap' })
      next += 1
    }
    if (chunk === undefined || line.chunk === chunk) rows.push({ seq: line.seq, text: line.text, kind: line.kind })
  }
  return rows
}
