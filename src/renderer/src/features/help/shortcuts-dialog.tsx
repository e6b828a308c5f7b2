import { ALL_COMMANDS } from '../../app/commands/all-commands.js'
import { strokesOf } from '../../app/commands/bindings.js'
import { canHear, strokeLabel } from '../../app/keys.js'
import { useSettings } from '../../stores/settings.js'
import { openDialog } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Dialog } from '../../ui/dialog.js'

/** What belongs to a place and not to a command. */
const IN_PLACE: ReadonlyArray<{ readonly what: string; readonly how: readonly string[] }> = [
  { what: 'Send the message', how: ['Enter'] },
  { what: 'New line', how: ['Shift+Enter'] },
  { what: 'Close the task', how: ['Esc'] },
  { what: 'Move in a list, open', how: ['↑', '↓', 'Enter'] },
]

export function ShortcutsDialog() {
  const text = useText()
  const shortcuts = useSettings((state) => state.settings?.preferences.shortcuts ?? {})
  const commands = ALL_COMMANDS.flatMap((command) => {
    const stroke = strokesOf(command, shortcuts).find(canHear)
    return stroke === undefined ? [] : [{ what: command.title(text), how: [strokeLabel(stroke)] }]
  })
  return (
    <Dialog title="Keyboard" onClose={() => openDialog(null)}>
      <dl tabIndex={0} className="overflow-y-auto px-5 py-3">
        {[...commands, ...IN_PLACE].map(({ what, how }) => (
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
    </Dialog>
  )
}
