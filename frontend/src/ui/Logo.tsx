/** The mark: a glass dome over a small network. */
export function LogoMark({ className = 'size-7' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <path d="M6 24.5V16a10 10 0 0 1 20 0v8.5Z" className="fill-glass" />
      <g fill="none" strokeLinecap="round" strokeLinejoin="round" className="stroke-accent">
        <path d="M6 24.5V16a10 10 0 0 1 20 0v8.5" strokeWidth="1.8" />
        <path d="M4 25.5h24" strokeWidth="1.8" />
        <path d="M16 13.2 11 20.4M16 13.2l5 7.2" strokeWidth="1.4" />
        <path d="M9.6 13.4a6.8 6.8 0 0 1 3-3.6" strokeWidth="1.1" opacity=".55" />
      </g>
      <circle cx="16" cy="12.8" r="2.4" className="fill-accent" />
      <circle cx="11" cy="20.6" r="1.8" className="fill-text" />
      <circle cx="21" cy="20.6" r="1.8" className="fill-text" />
    </svg>
  )
}
