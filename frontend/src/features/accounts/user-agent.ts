const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ['Edge', /Edg\//],
  ['Opera', /OPR\//],
  ['Firefox', /Firefox\//],
  ['Chrome', /(Chrome|Chromium|CriOS)\//],
  ['Safari', /Safari\//],
]
const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux|X11/],
]

const first = (names: readonly (readonly [string, RegExp])[], text: string): string | undefined => names.find(([, shape]) => shape.test(text))?.[0]

/** "Firefox, Linux" from a User-Agent header; the header itself, cut, when nothing in it is known. */
export function describeUserAgent(text: string | null): string | null {
  if (!text) return null
  const known = [first(BROWSERS, text), first(SYSTEMS, text)].filter(Boolean)
  return known.length > 0 ? known.join(', ') : text.slice(0, 60)
}
