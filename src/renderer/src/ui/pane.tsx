import type { ReactNode } from 'react'

interface PaneHeaderProps {
  readonly title: ReactNode
  readonly before?: ReactNode
  readonly children?: ReactNode
}

export function PaneHeader({ title, before, children }: PaneHeaderProps) {
  return (
    <header className="flex h-(--pane-header) shrink-0 items-center gap-1 border-b px-2">
      {before}
      <h2 className="min-w-0 flex-1 truncate px-1.5 font-semibold">{title}</h2>
      {children}
    </header>
  )
}

/** Stands where content will be, in its shape, until the host has answered. */
export function SkeletonRows({ rows }: { readonly rows: number }) {
  return (
    <div aria-hidden className="flex flex-col gap-3 p-4">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="h-4 rounded bg-hover" style={{ width: `${85 - row * 12}%` }} />
      ))}
    </div>
  )
}
