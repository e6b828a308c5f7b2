import { RotateCcw } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useView } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { IconButton } from '../../ui/icon-button.js'
import type { ItemId } from './setting-index.js'
import type { Saving } from './use-saving.js'

/** What a control needs to be named, where it stands beside the words, and described by its row. */
export interface RowIds {
  readonly id: string
  readonly 'aria-describedby': string
  readonly 'aria-invalid': true | undefined
}

interface SettingRowProps {
  readonly item: ItemId
  readonly saving?: Saving
  /** Beside what the host found wrong: what is wrong with what is typed. */
  readonly error?: string | null
  readonly note?: ReactNode
  /** Null where it is as usual. */
  readonly onReset?: (() => void) | null
  /** Below the words rather than beside them. */
  readonly below?: boolean
  readonly children: (ids: RowIds) => ReactNode
}

/** A setting: what it is called, what it does, its control, whether it was saved, and the way back. */
export function SettingRow(props: SettingRowProps) {
  const { item, saving, note, onReset, below, children } = props
  const text = useText().settings
  const { title, hint } = text.items[item]
  const id = useId()
  const row = useMark(item)
  const marked = useView((view) => view.settingsItem === item)
  const error = props.error ?? saving?.error ?? null
  const ids: RowIds = {
    id,
    'aria-describedby': `${id}-note`,
    'aria-invalid': error === null ? undefined : true,
  }
  return (
    <section
      ref={row}
      data-setting={item}
      aria-labelledby={`${id}-title`}
      className={cx(
        '-mx-3 flex gap-x-6 gap-y-2 rounded-md px-3 py-3',
        below ? 'flex-col' : 'flex-wrap items-start justify-between',
        marked && 'bg-selected',
      )}
    >
      <div className={cx('min-w-0 max-w-md', !below && 'flex-1 basis-56')}>
        <div className="flex min-h-6 items-center gap-2">
          <h4 id={`${id}-title`} className="font-medium">
            {below ? title : <label htmlFor={id}>{title}</label>}
          </h4>
          {onReset && (
            <IconButton small icon={RotateCcw} label={text.reset(title)} onClick={onReset} />
          )}
          <span role="status" className="text-good text-xs">
            {saving?.isSaved && error === null ? text.saved : ''}
          </span>
        </div>
        <div id={`${id}-note`} className="text-xs">
          <p className="text-muted">{hint}</p>
          {note && <p className="mt-0.5 text-muted">{note}</p>}
          {error !== null && (
            <p role="alert" className="mt-0.5 break-words text-bad">
              {error}
            </p>
          )}
        </div>
      </div>
      {children(ids)}
    </section>
  )
}

/** What of a row is meant by it, rather than the way back. */
const CONTROLS = [
  '[role=radio][data-state=checked]',
  'input:not([hidden])',
  '[role=switch]',
  'button',
]

/** Brings a setting that was looked for into sight, and the focus to its control. */
function useMark(item: ItemId) {
  const row = useRef<HTMLElement>(null)
  const marked = useView((view) => view.settingsItem === item)
  useEffect(() => {
    if (!marked || row.current === null) return
    row.current.scrollIntoView({ block: 'center' })
    for (const control of CONTROLS) {
      const found = row.current.querySelector<HTMLElement>(control)
      if (found === null) continue
      found.focus()
      return
    }
  }, [marked])
  return row
}
