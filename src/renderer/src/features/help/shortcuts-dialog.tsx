import { keys } from '../../app/keys.js'
import { openDialog } from '../../stores/view.js'
import { Dialog } from '../../ui/dialog.js'

const SHORTCUTS: ReadonlyArray<{ readonly what: string; readonly how: readonly string[] }> = [
  { what: 'New chat', how: [keys('N')] },
  { what: 'Go to the chats, the chat, the tasks', how: [keys('1'), keys('2'), keys('3')] },
  { what: 'Show or hide the chats', how: [keys('B')] },
  { what: 'Show or hide the tasks', how: [keys('J')] },
  { what: 'Send the message', how: ['Enter'] },
  { what: 'New line', how: ['Shift+Enter'] },
  { what: 'Stop the reply; close the task', how: ['Esc'] },
  { what: 'Move in a list, open', how: ['↑', '↓', 'Enter'] },
  { what: 'Write a message', how: ['/'] },
  { what: 'Settings', how: [keys(',')] },
  { what: 'This list', how: ['?'] },
]

export function ShortcutsDialog() {
  return (
    <Dialog title="Keyboard" onClose={() => openDialog(null)}>
      <dl className="overflow-y-auto px-5 py-3">
        {SHORTCUTS.map(({ what, how }) => (
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
