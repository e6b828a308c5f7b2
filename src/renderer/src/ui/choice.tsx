import { RadioGroup } from 'radix-ui'
import { cx } from './class-names.js'

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: ReadonlyArray<{
    readonly value: T
    readonly label: string
    readonly hint?: string
  }>
  readonly onChange: (value: T) => void
}

/** One of a few, all of them in sight. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const withHints = options.some((option) => option.hint)
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className={cx('grid gap-2', withHints ? 'sm:grid-cols-2' : 'auto-cols-fr grid-flow-col')}
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="flex flex-col items-start rounded-md border px-3 py-2 text-left transition-colors hover:bg-hover data-[state=checked]:border-accent-text data-[state=checked]:bg-selected"
        >
          <span className="block font-medium">{option.label}</span>
          {option.hint && <span className="mt-0.5 block text-muted text-xs">{option.hint}</span>}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
