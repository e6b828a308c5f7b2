import type { ComponentProps } from 'react'
import { cx } from './class-names.js'

type Kind = 'primary' | 'secondary' | 'quiet' | 'danger'

interface ButtonProps extends ComponentProps<'button'> {
  readonly kind?: Kind
  readonly small?: boolean
}

const KINDS: Readonly<Record<Kind, string>> = {
  primary: 'bg-accent text-on-accent enabled:hover:bg-accent-hover border-transparent',
  secondary: 'bg-raised text-text enabled:hover:bg-hover',
  quiet:
    'bg-transparent text-muted enabled:hover:bg-hover enabled:hover:text-text border-transparent',
  danger: 'bg-bad-fill text-on-accent border-transparent enabled:hover:opacity-90',
}

export function Button({ kind = 'secondary', small, className, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={cx(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium',
        'whitespace-nowrap transition-colors focus-visible:outline-offset-1 disabled:opacity-50',
        small ? 'h-6 px-2 text-xs' : 'h-8 px-3 text-sm',
        KINDS[kind],
        className,
      )}
      {...props}
    />
  )
}
