import { useState } from 'react'
import { strokesOf } from '../../app/commands/bindings.js'
import { findCommands } from '../../app/commands/find-commands.js'
import { canHear, strokeLabel } from '../../app/keys.js'
import { useSettings } from '../../stores/settings.js'
import { openDialog, showSettings } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { INPUT } from '../../ui/field.js'

const NO_SHORTCUTS = {}

/** Every command that has keys, by group, and what belongs to a place and not to a command. */
export function ShortcutsDialog() {
  const text = useText()
  const shortcuts = useSettings((state) => state.settings?.preferences.shortcuts ?? NO_SHORTCUTS)
  const [query, setQuery] = useState('')
  const found = findCommands(query, text, shortcuts).map(({ group, commands }) => ({
    title: text.commands.groups[group],
    rows: commands.flatMap((command): Row[] => {
      const stroke = strokesOf(command, shortcuts).find(canHear)
      return stroke === undefined ? [] : [{ what: command.title(text), how: [strokeLabel(stroke)] }]
    }),
  }))
  const { help } = text
  const inPlace = [
    { what: help.send, how: ['Enter'] },
    { what: help.newLine, how: ['Shift+Enter'] },
    { what: help.close, how: ['Esc'] },
    { what: help.move, how: ['↑', '↓', 'Enter'] },
  ].filter(({ what }) => what.toLocaleLowerCase().includes(query.toLocaleLowerCase()))
  const groups = [...found, { title: help.inPlace, rows: inPlace }].filter(
    ({ rows }) => rows.length > 0,
  )
  return (
    <Dialog title={help.title} onClose={() => openDialog(null)}>
      <div className="flex gap-2 border-b px-5 py-3">
        <input
          type="search"
          aria-label={help.search}
          placeholder={help.search}
          className={INPUT}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <Button onClick={() => showSettings('keyboard')}>{help.change}</Button>
      </div>
      <div tabIndex={0} className="overflow-y-auto px-5 py-3">
        {groups.length === 0 && <p className="text-muted">{help.nothingFound(query)}</p>}
        {groups.map(({ title, rows }) => (
          <section key={title} aria-label={title} className="pb-3">
            <h3 className="py-1 font-medium text-muted text-xs">{title}</h3>
            <Rows rows={rows} />
          </section>
        ))}
      </div>
    </Dialog>
  )
}

interface Row {
  readonly what: string
  readonly how: readonly string[]
}

function Rows({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <dl>
      {rows.map(({ what, how }) => (
        <div key={what} className="flex items-center justify-between gap-6 py-1.5">
          <dt>{what}</dt>
          <dd className="flex shrink-0 gap-1">
            {how.map((key) => (
              <kbd
                key={key}
                className="rounded border bg-bg px-1.5 font-sans text-muted text-xs leading-5"
              >
                {key}
              </kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
