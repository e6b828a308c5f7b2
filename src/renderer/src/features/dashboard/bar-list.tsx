import type { ReactNode } from 'react'

export interface Bar {
  readonly key: string
  readonly name: string
  readonly value: number
  /** The figure in words. */
  readonly text: string
  readonly extra?: ReactNode
}

/** Figures of a few kinds, longest bar first; each says its figure, so that the bar is only for the eye. */
export function BarList({
  label,
  bars,
}: {
  readonly label: string
  readonly bars: readonly Bar[]
}) {
  const most = Math.max(...bars.map(({ value }) => value), Number.EPSILON)
  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {bars.map(({ key, name, value, text, extra }) => (
        <li key={key}>
          <p className="flex items-baseline gap-2 text-xs">
            <span className="min-w-0 flex-1 break-words">{name}</span>
            {extra}
            <span className="figures shrink-0 font-medium">{text}</span>
          </p>
          <div aria-hidden className="mt-1 h-1.5 overflow-hidden rounded-full bg-hover">
            <div
              className="h-full rounded-full bg-accent"
              style={{ width: `${Math.max(value > 0 ? 1.5 : 0, (value / most) * 100)}%` }}
            />
          </div>
        </li>
      ))}
    </ul>
  )
}
