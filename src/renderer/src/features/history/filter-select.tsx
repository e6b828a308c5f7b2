import { cx } from '../../ui/class-names.js'

export interface Option {
  readonly value: string
  readonly label: string
}

interface FilterSelectProps {
  readonly label: string
  readonly value: string
  /** The value that filters nothing. */
  readonly unset?: string
  readonly options: readonly Option[]
  readonly onChange: (value: string) => void
}

/** One filter; marked where it leaves something out. */
export function FilterSelect({ label, value, unset = '', options, onChange }: FilterSelectProps) {
  return (
    <label className="flex min-w-0 items-center">
      <span className="sr-only">{label}</span>
      <select
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className={cx(
          'h-7 max-w-44 truncate rounded-md border bg-surface px-1.5 text-xs',
          value === unset ? 'text-muted' : 'border-accent-text bg-selected font-medium',
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
