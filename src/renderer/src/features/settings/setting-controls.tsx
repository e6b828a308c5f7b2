import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { useText } from '../../text/text.js'
import { Choice } from '../../ui/choice.js'
import { cx } from '../../ui/class-names.js'
import { INPUT } from '../../ui/field.js'
import type { ItemId } from './setting-index.js'
import { SettingRow } from './setting-row.js'
import type { Saver } from './use-saving.js'

interface ControlProps<T> {
  readonly item: ItemId
  readonly value: T
  readonly usual: T
  readonly saver: Saver
  readonly note?: ReactNode
  readonly onSave: (value: T) => void
}

export function SwitchSetting({ item, value, usual, saver, note, onSave }: ControlProps<boolean>) {
  const reset = value === usual ? null : () => onSave(usual)
  return (
    <SettingRow item={item} saving={saver} note={note} onReset={reset}>
      {(ids) => (
        <button
          type="button"
          role="switch"
          aria-checked={value}
          {...ids}
          onClick={() => onSave(!value)}
          className={cx(
            'mt-0.5 flex h-5 w-9 shrink-0 items-center rounded-full border p-0.5 transition-colors focus-visible:outline-offset-2',
            value ? 'border-transparent bg-accent' : 'border-border-strong bg-surface',
          )}
        >
          <span
            aria-hidden
            className={cx(
              'size-3.5 rounded-full transition-transform',
              value ? 'translate-x-4 bg-on-accent' : 'bg-border-strong',
            )}
          />
        </button>
      )}
    </SettingRow>
  )
}

interface ChoiceSettingProps<T extends string> extends ControlProps<T> {
  readonly options: ReadonlyArray<{
    readonly value: T
    readonly label: string
    readonly hint?: string
  }>
}

export function ChoiceSetting<T extends string>(props: ChoiceSettingProps<T>) {
  const { item, value, usual, saver, note, options, onSave } = props
  const { title } = useText().settings.items[item]
  const reset = value === usual ? null : () => onSave(usual)
  return (
    <SettingRow item={item} saving={saver} note={note} onReset={reset} below>
      {() => <Choice label={title} value={value} options={options} onChange={onSave} />}
    </SettingRow>
  )
}

interface NumberSettingProps<T extends number | null> extends ControlProps<T> {
  /** What it may be; the same rule that the host keeps. */
  readonly rule: z.ZodType<T>
  /** What would be right, for one who typed something else. */
  readonly wrong: string
  readonly unit?: string
  /** Stands in the empty field, which then means null. */
  readonly empty?: string
}

/** Told as it is typed whether it may be so; saved when it is left, or with Enter. */
export function NumberSetting<T extends number | null>(props: NumberSettingProps<T>) {
  const { item, value, usual, saver, note, rule, wrong, unit, empty, onSave } = props
  const [draft, setDraft] = useState<string | null>(null)
  const parsed = draft === null ? null : rule.safeParse(numberIn(draft, empty !== undefined))
  const error = parsed === null || parsed.success ? null : wrong
  const commit = () => {
    if (parsed === null || !parsed.success) return
    setDraft(null)
    if (parsed.data !== value) onSave(parsed.data)
  }
  const reset = () => {
    setDraft(null)
    if (value !== usual) onSave(usual)
  }
  return (
    <SettingRow
      item={item}
      saving={saver}
      error={error}
      note={note}
      onReset={value === usual && draft === null ? null : reset}
    >
      {(ids) => (
        <span className="flex shrink-0 items-center gap-2">
          <input
            {...ids}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            className={cx(INPUT, 'figures w-24! text-right')}
            placeholder={empty}
            value={draft ?? value ?? ''}
            onChange={(event) => {
              setDraft(event.currentTarget.value)
              saver.forget()
            }}
            onBlur={commit}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) commit()
            }}
          />
          {unit !== undefined && (
            <span aria-hidden className="w-16 text-muted">
              {unit}
            </span>
          )}
        </span>
      )}
    </SettingRow>
  )
}

/** Digits of any script's width, and a decimal comma as well as a point. */
function numberIn(text: string, mayBeEmpty: boolean): number | null {
  const plain = text.normalize('NFKC').trim().replace(',', '.')
  if (plain === '') return mayBeEmpty ? null : Number.NaN
  return /^\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}
