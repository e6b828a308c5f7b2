import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './class-names.js'

interface FieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  readonly label: string
  readonly hint?: ReactNode
  /** What was wrong with what is in the field. */
  readonly error?: string | null | undefined
  /** Stands behind the field: a button, a unit. */
  readonly after?: ReactNode
}

export const INPUT =
  'h-8 w-full min-w-0 rounded-md border border-border-strong/60 bg-surface px-2.5 text-text text-sm focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-bad'

export function Field({ label, hint, error, after, className, ...props }: FieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={cx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="flex items-center gap-2">
        <input
          id={id}
          className={INPUT}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          {...props}
        />
        {after}
      </div>
      {note && (
        <p id={`${id}-note`} className={cx('text-xs', error ? 'text-bad' : 'text-muted')}>
          {note}
        </p>
      )}
    </div>
  )
}
