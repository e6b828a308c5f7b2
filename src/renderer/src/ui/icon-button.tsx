import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './class-names.js'
import { Tooltip } from './tooltip.js'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  readonly icon: LucideIcon
  readonly label: string
  /** The shortcut that does the same, shown beside the label. */
  readonly keys?: string | undefined
  readonly small?: boolean
}

export function IconButton({
  icon: Icon,
  label,
  keys,
  small,
  className,
  ...props
}: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        className={cx(
          'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors',
          'enabled:hover:bg-hover enabled:hover:text-text disabled:opacity-40',
          small ? 'size-6' : 'size-7',
          className,
        )}
        {...props}
      >
        <Icon aria-hidden size={small ? 14 : 16} strokeWidth={1.75} />
      </button>
    </Tooltip>
  )
}
