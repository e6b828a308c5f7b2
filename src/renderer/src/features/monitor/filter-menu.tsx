import { Check, ChevronDown } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'

interface FilterMenuProps<T extends string> {
  readonly name: string
  readonly options: ReadonlyArray<readonly [value: T, label: string]>
  readonly chosen: readonly T[]
  readonly onChange: (chosen: readonly T[]) => void
}

/** Any number of choices; none lets everything through. It stays open, for mostly more than one is wanted. */
export function FilterMenu<T extends string>({
  name,
  options,
  chosen,
  onChange,
}: FilterMenuProps<T>) {
  const text = useText().monitor
  if (options.length < 2) return null
  const toggle = (value: T) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  return (
    <Radix.Root>
      <Radix.Trigger
        className={cx(
          'flex h-7 items-center gap-1 rounded-md border px-2 text-xs hover:bg-hover data-[state=open]:bg-hover',
          chosen.length > 0 ? 'border-accent-text text-accent-text' : 'text-muted',
        )}
      >
        {chosen.length > 0 ? text.filter.chosen(name, chosen.length) : name}
        <ChevronDown aria-hidden size={12} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-80 min-w-40 overflow-y-auto rounded-md border bg-raised p-1 shadow-popover"
        >
          {options.map(([value, label]) => (
            <Radix.CheckboxItem
              key={value}
              checked={chosen.includes(value)}
              onCheckedChange={() => toggle(value)}
              onSelect={(event) => event.preventDefault()}
              className="flex h-7 items-center gap-2 rounded pr-3 pl-7 outline-none data-highlighted:bg-hover"
            >
              <Radix.ItemIndicator className="absolute left-2.5">
                <Check aria-hidden size={14} />
              </Radix.ItemIndicator>
              {label}
            </Radix.CheckboxItem>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
