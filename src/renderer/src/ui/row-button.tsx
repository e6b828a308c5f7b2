import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './class-names.js'

interface RowButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  readonly icon: LucideIcon
  readonly label: string
}

/** An icon button for rows that come and go while one scrolls: named by the browser's own tooltip, which costs nothing. */
export function RowButton({ icon: Icon, label, className, ...props }: RowButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(
        'inline-flex size-6 shrink-0 items-center justify-center rounded-md text-muted transition-colors',
        'enabled:hover:bg-hover enabled:hover:text-text disabled:opacity-40',
        className,
      )}
      {...props}
    >
      <Icon aria-hidden size={14} strokeWidth={1.75} />
    </button>
  )
}
