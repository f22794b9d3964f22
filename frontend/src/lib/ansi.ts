/** A small ANSI reader: colours and weight become spans of text, every other control sequence disappears. Nothing becomes HTML. */

export type AnsiColor = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white'
export type AnsiSpan = { text: string; color?: AnsiColor; bold?: boolean; dim?: boolean }

const COLORS: readonly AnsiColor[] = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white']
// CSI, OSC and two-character escapes; then what is left of the control characters.
// eslint-disable-next-line no-control-regex
const SEQUENCE = /\u001b\[([0-9;:?]*)([@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[@-_]/g
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

type Style = Omit<AnsiSpan, 'text'>

function applyCode(style: Style, code: number): Style {
  if (code === 0) return {}
  if (code === 1) return { ...style, bold: true }
  if (code === 2) return { ...style, dim: true }
  if (code === 22) return { ...style, bold: false, dim: false }
  if (code === 39) return { ...style, color: undefined }
  const color = code >= 30 && code <= 37 ? COLORS[code - 30] : code >= 90 && code <= 97 ? COLORS[code - 90] : undefined
  return color ? { ...style, color } : style
}

/** Splits one line into styled spans. Never throws; unknown codes change nothing. */
export function parseAnsi(line: string): AnsiSpan[] {
  const spans: AnsiSpan[] = []
  let style: Style = {}
  let from = 0
  const push = (raw: string) => {
    const text = raw.replace(CONTROL, '')
    if (text) spans.push({ text, ...style })
  }
  for (const match of line.matchAll(SEQUENCE)) {
    push(line.slice(from, match.index))
    from = match.index + match[0].length
    if (match[2] === 'm') {
      for (const code of (match[1] || '0').split(/[;:]/)) style = applyCode(style, Number(code))
    }
  }
  push(line.slice(from))
  return spans
}

export const stripAnsi = (line: string): string =>
  parseAnsi(line)
    .map((span) => span.text)
    .join('')
