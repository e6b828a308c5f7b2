import { CircleHelp } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'

interface CardProps {
  readonly title: string
  /** How its figures are counted. */
  readonly help?: string
  readonly wide?: boolean
  readonly children: ReactNode
}

export function Card({ title, help, wide = false, children }: CardProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={cx('min-w-0 rounded-[10px] border bg-surface px-4 py-3', wide && 'lg:col-span-2')}
    >
      <header className="mb-2 flex items-center gap-1">
        <h3 id={id} className="min-w-0 font-medium">
          {title}
        </h3>
        {help !== undefined && <Help text={help} title={title} />}
      </header>
      {children}
    </section>
  )
}

/** One figure, large, with what it rests on. */
export function Tile({
  title,
  figure,
  basis,
  help,
  warning,
}: {
  readonly title: string
  readonly figure: string
  readonly basis: string
  readonly help?: string
  readonly warning?: string | null
}) {
  return (
    <div className="flex min-w-0 flex-col rounded-[10px] border bg-surface px-4 py-3">
      <dt className="flex items-center gap-1 text-muted text-xs">
        {title}
        {help !== undefined && <Help text={help} title={title} />}
      </dt>
      <dd className="mt-1">
        <span className="figures block font-semibold text-2xl leading-tight">{figure}</span>
        <span className="mt-1 block text-muted text-xs">{basis}</span>
        {warning && <span className="mt-1 block break-words text-warn text-xs">{warning}</span>}
      </dd>
    </div>
  )
}

function Help({ text, title }: { readonly text: string; readonly title: string }) {
  const { howCounted } = useText().dashboard
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={`${title}: ${howCounted}`}
        title={howCounted}
        className="-my-1.5 inline-flex size-6 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text"
      >
        <CircleHelp aria-hidden size={13} strokeWidth={1.75} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          sideOffset={4}
          collisionPadding={8}
          aria-label={howCounted}
          className="z-30 w-80 max-w-[calc(100vw-1rem)] rounded-[10px] border bg-raised px-4 py-3 text-sm shadow-popover focus:outline-none"
        >
          {text}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
