/** The picture behind the login: a network along the walls of a glass dome, drawn in the accent, very faint. */
type Node = readonly [x: number, y: number, radius: number]

const LEFT: readonly Node[] = [
  [262, 196, 5],
  [178, 286, 4],
  [246, 330, 3],
  [130, 392, 4],
  [206, 440, 5],
  [126, 512, 3],
  [240, 534, 3],
  [176, 556, 3],
]
const APEX: Node = [400, 112, 6]
const LINKS: readonly (readonly [number, number])[] = [[0, 1], [0, 2], [1, 3], [2, 4], [3, 5], [4, 6], [4, 7], [1, 4]]

const mirrored = ([x, y, radius]: Node): Node => [800 - x, y, radius]

function Side({ nodes }: { nodes: readonly Node[] }) {
  const first = nodes[0]
  return (
    <>
      <g className="stroke-accent" strokeWidth="1" opacity=".32">
        {first && <path d={`M${APEX[0]} ${APEX[1]}L${first[0]} ${first[1]}`} />}
        {LINKS.map(([from, to]) => {
          const a = nodes[from]
          const b = nodes[to]
          return a && b ? <path key={`${from}-${to}`} d={`M${a[0]} ${a[1]}L${b[0]} ${b[1]}`} /> : null
        })}
      </g>
      <g className="fill-accent" opacity=".5">
        {nodes.map(([x, y, radius]) => (
          <circle key={`${x}-${y}`} cx={x} cy={y} r={radius} />
        ))}
      </g>
    </>
  )
}

export const GlassScene = () => (
  <svg
    aria-hidden
    viewBox="0 0 800 640"
    preserveAspectRatio="xMidYMax meet"
    className="pointer-events-none absolute bottom-22 left-1/2 h-[calc(100%-5.5rem)] sm:bottom-2 sm:h-full w-[max(100%,125dvh)] -translate-x-1/2"
  >
    <path d="M70 600V400C70 200 210 60 400 60s330 140 330 340v200Z" className="fill-glass" />
    <g fill="none" className="stroke-accent" opacity=".3">
      <path d="M70 600V400C70 200 210 60 400 60s330 140 330 340v200" strokeWidth="1.5" />
      <path d="M20 600h760" strokeWidth="1.5" />
      <path d="M104 396C108 268 172 168 276 120" strokeWidth="4" strokeLinecap="round" opacity=".45" />
    </g>
    <Side nodes={LEFT} />
    <Side nodes={LEFT.map(mirrored)} />
    <circle cx={APEX[0]} cy={APEX[1]} r={APEX[2]} className="fill-accent" opacity=".6" />
  </svg>
)
