import { useFormat } from '@/i18n/use-format'
import { useNow } from '@/lib/use-now'
import { elapsedSeconds } from './scan-words'

/** How long something took, or has been going on. */
export function Duration({ from, to }: { from: string | null; to: string | null }) {
  if (!from) return <span className="text-muted">–</span>
  return to ? <Elapsed from={from} to={to} now={0} /> : <Ticking from={from} />
}

function Ticking({ from }: { from: string }) {
  return <Elapsed from={from} to={null} now={useNow(1_000)} />
}

function Elapsed({ from, to, now }: { from: string; to: string | null; now: number }) {
  const format = useFormat()
  const seconds = elapsedSeconds(from, to, now) ?? 0
  return <span className="whitespace-nowrap">{format.duration(seconds)}</span>
}
