/** The picture behind the login: a network under a glass dome at dusk, drawn in the accent, very faint. */
const NODES: readonly (readonly [number, number, number])[] = [
  [400, 250, 7],
  [250, 350, 5],
  [330, 420, 4],
  [480, 400, 5],
  [560, 340, 4],
  [180, 450, 4],
  [290, 510, 3],
  [430, 520, 4],
  [540, 470, 3],
  [620, 430, 4],
  [660, 520, 3],
  [140, 530, 3],
  [360, 330, 3],
]
const LINKS: readonly (readonly [number, number])[] = [[0, 1], [0, 3], [0, 4], [0, 12], [1, 2], [1, 5], [2, 6], [3, 7], [3, 8], [4, 9], [9, 10], [5, 11], [12, 2]]

export const GlassScene = () => (
  <svg aria-hidden viewBox="0 0 800 640" preserveAspectRatio="xMidYMax slice" className="pointer-events-none absolute inset-0 size-full">
    <path d="M70 600V400C70 210 210 90 400 90s330 120 330 310v200Z" className="fill-glass" />
    <g fill="none" className="stroke-accent" opacity=".28">
      <path d="M70 600V400C70 210 210 90 400 90s330 120 330 310v200" strokeWidth="1.5" />
      <path d="M20 600h760" strokeWidth="1.5" />
      <path d="M120 400C124 260 200 170 300 136" strokeWidth="3" strokeLinecap="round" opacity=".5" />
    </g>
    <g className="stroke-accent" strokeWidth="1" opacity=".3">
      {LINKS.map(([from, to]) => {
        const a = NODES[from]
        const b = NODES[to]
        return a && b ? <path key={`${from}-${to}`} d={`M${a[0]} ${a[1]}L${b[0]} ${b[1]}`} /> : null
      })}
    </g>
    <g className="fill-accent" opacity=".4">
      {NODES.map(([x, y, r]) => (
        <circle key={`${x}-${y}`} cx={x} cy={y} r={r} />
      ))}
    </g>
  </svg>
)
