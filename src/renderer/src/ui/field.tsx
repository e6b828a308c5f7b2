import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './class-names.js'

interface Labels {
  readonly label: string
  readonly hint?: ReactNode
  /** What was wrong with what is in the field. */
  readonly error?: string | null | undefined
}

interface FieldProps extends Labels, Omit<ComponentProps<'input'>, 'id'> {
  /** Stands behind the field: a button, a unit. */
  readonly after?: ReactNode
}

export const INPUT =
  'h-8 w-full min-w-0 rounded-md border border-border-strong/60 bg-surface px-2.5 text-text text-sm focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-bad'

export function Field({ label, hint, error, after, className, ...props }: FieldProps) {
  const { ids, frame } = useFrame({ label, hint, error })
  return frame(
    <div className="flex items-center gap-2">
      <input className={INPUT} autoComplete="off" spellCheck={false} {...ids} {...props} />
      {after}
    </div>,
    className,
  )
}

interface AreaFieldProps extends Labels, Omit<ComponentProps<'textarea'>, 'id'> {}

/** For text of more than one line. */
export function AreaField({ label, hint, error, className, ...props }: AreaFieldProps) {
  const { ids, frame } = useFrame({ label, hint, error })
  return frame(
    <textarea className={cx(INPUT, 'h-auto resize-y py-1.5')} rows={4} {...ids} {...props} />,
    className,
  )
}

interface SelectFieldProps extends Labels, Omit<ComponentProps<'select'>, 'id'> {
  readonly options: ReadonlyArray<{ readonly value: string; readonly label: string }>
}

export function SelectField({
  label,
  hint,
  error,
  className,
  options,
  ...props
}: SelectFieldProps) {
  const { ids, frame } = useFrame({ label, hint, error })
  return frame(
    <select className={INPUT} {...ids} {...props}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>,
    className,
  )
}

/** Puts the label above a control, and below it what was wrong with it or what belongs there. */
function useFrame({ label, hint, error }: Labels) {
  const id = useId()
  const note = error ?? hint
  const ids = {
    id,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': note ? `${id}-note` : undefined,
  } as const
  const frame = (control: ReactNode, className: string | undefined) => (
    <div className={cx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {control}
      {note && (
        <p
          id={`${id}-note`}
          className={cx('break-words text-xs', error ? 'text-bad' : 'text-muted')}
        >
          {note}
        </p>
      )}
    </div>
  )
  return { ids, frame }
}
