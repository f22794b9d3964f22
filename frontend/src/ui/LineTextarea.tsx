import { useRef, type Ref, type TextareaHTMLAttributes, type UIEvent } from 'react'
import { cx } from '@/lib/cx'
import { useField } from './Field'

type Props = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value'> & {
  value: string
  /** Lines to mark, counted from one. */
  marked?: ReadonlySet<number>
  ref?: Ref<HTMLTextAreaElement>
}

/** A text with numbered lines: what is said below it names a line, and the line is marked here. */
export function LineTextarea({ value, marked, rows = 6, className, ...rest }: Props) {
  const field = useField()
  const gutter = useRef<HTMLDivElement>(null)
  const count = Math.max(value.split('\n').length, 1)
  const follow = (event: UIEvent<HTMLTextAreaElement>) => {
    if (gutter.current) gutter.current.style.transform = `translateY(${-event.currentTarget.scrollTop}px)`
  }
  return (
    <div
      className={cx(
        'relative flex overflow-hidden rounded-md border border-line-strong bg-surface font-mono text-sm transition-[border-color] duration-100 focus-within:border-accent focus-within:outline-1 focus-within:-outline-offset-1 focus-within:outline-accent hover:border-muted has-aria-invalid:border-down',
        className,
      )}
    >
      <div aria-hidden className="w-11 shrink-0 overflow-hidden border-r bg-sunken/60 text-right text-xs text-muted select-none">
        <div ref={gutter} className="py-2">
          {Array.from({ length: count }, (_, index) => (
            <div key={index} className={cx('h-5 pr-2 leading-5', marked?.has(index + 1) && 'tint-down font-semibold text-down')}>
              {index + 1}
            </div>
          ))}
        </div>
      </div>
      <textarea
        id={field?.id}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.invalid || undefined}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        {...rest}
        rows={rows}
        value={value}
        onScroll={follow}
        className="min-h-20 min-w-0 flex-1 resize-y overflow-auto bg-transparent px-3 py-2 leading-5 whitespace-pre outline-none"
      />
    </div>
  )
}
