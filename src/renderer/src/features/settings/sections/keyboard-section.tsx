import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { CommandId } from '../../../../../shared/model/command-id.js'
import type { Preferences } from '../../../../../shared/model/preferences.js'
import { strokesOf } from '../../../app/commands/bindings.js'
import type { Command } from '../../../app/commands/command.js'
import { findCommands } from '../../../app/commands/find-commands.js'
import { otherWith, rebound, troubleOf, unbound } from '../../../app/commands/keys-of-others.js'
import { strokeLabel } from '../../../app/keys.js'
import { useText } from '../../../text/text.js'
import { Button } from '../../../ui/button.js'
import { INPUT } from '../../../ui/field.js'
import { IconButton } from '../../../ui/icon-button.js'
import { SettingRow } from '../setting-row.js'
import { useRecorder } from '../use-recorder.js'
import { type Saver, useSaver } from '../use-saving.js'

type Shortcuts = Preferences['shortcuts']

/** Every command with its keys, which can be chosen anew. */
export function KeyboardSection({ preferences }: { readonly preferences: Preferences }) {
  const text = useText()
  const saver = useSaver()
  const [query, setQuery] = useState('')
  const { shortcuts } = preferences
  const groups = findCommands(query, text, shortcuts)
  const save = (next: Shortcuts) => saver.save({ preferences: { shortcuts: next } })
  const resetAll = Object.keys(shortcuts).length === 0 ? null : () => save({})
  return (
    <SettingRow item="shortcuts" saving={saver} onReset={resetAll} below>
      {() => (
        <div className="flex flex-col gap-4">
          <input
            type="search"
            aria-label={text.settings.keyboard.search}
            placeholder={text.settings.keyboard.search}
            className={INPUT}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          {groups.length === 0 && (
            <p className="text-muted">{text.settings.keyboard.nothingFound(query)}</p>
          )}
          {groups.map(({ group, commands }) => (
            <div key={group}>
              <h5 className="mb-1 font-medium text-muted text-xs">{text.commands.groups[group]}</h5>
              <ul className="divide-y rounded-md border">
                {commands.map((command) => (
                  <Binding
                    key={command.id}
                    command={command}
                    shortcuts={shortcuts}
                    saver={saver}
                    onSave={save}
                  />
                ))}
              </ul>
            </div>
          ))}
        </div>
      )}
    </SettingRow>
  )
}

interface BindingProps {
  readonly command: Command
  readonly shortcuts: Shortcuts
  readonly saver: Saver
  readonly onSave: (shortcuts: Shortcuts) => void
}

function Binding({ command, shortcuts, saver, onSave }: BindingProps) {
  const text = useText()
  const title = command.title(text)
  const { id } = command
  /** A stroke that somebody else has, until the person says what is to be. */
  const [wanted, setWanted] = useState<string | null>(null)
  const isOwn = Object.hasOwn(shortcuts, id)
  const recorder = useRecorder((stroke) => {
    if (stroke !== null && otherWith(stroke, id, shortcuts) !== undefined) setWanted(stroke)
    else onSave(rebound(shortcuts, id, stroke))
  })
  const strokes = strokesOf(command, shortcuts)
  return (
    <li className="px-3 py-1.5" data-command={id}>
      <div className="flex min-h-7 items-center gap-2">
        <span className="min-w-0 flex-1">{title}</span>
        {isOwn && (
          <IconButton
            small
            icon={RotateCcw}
            label={text.settings.reset(title)}
            onClick={() => onSave(unbound(shortcuts, id))}
          />
        )}
        <button
          type="button"
          aria-pressed={recorder.isOn}
          className="flex min-h-6 min-w-24 shrink-0 items-center justify-end gap-1 rounded border border-transparent px-1 hover:border-border hover:bg-hover aria-pressed:border-accent-text"
          onClick={() => {
            setWanted(null)
            saver.forget()
            recorder.start()
          }}
          onBlur={recorder.stop}
        >
          <span className="sr-only">{text.settings.keyboard.change(title)}</span>
          <Keys isRecording={recorder.isOn} strokes={strokes} />
        </button>
      </div>
      <p aria-live="polite" className="text-xs">
        {recorder.isOn && <span className="text-muted">{text.settings.keyboard.pressHint}</span>}
        {wanted === null && isOwn && <Trouble id={id} shortcuts={shortcuts} />}
      </p>
      {wanted !== null && (
        <Conflict
          wanted={wanted}
          other={otherWith(wanted, id, shortcuts)}
          onReplace={() => {
            onSave(rebound(shortcuts, id, wanted))
            setWanted(null)
          }}
          onLeave={() => setWanted(null)}
        />
      )}
    </li>
  )
}

function Keys({ isRecording, strokes }: { isRecording: boolean; strokes: readonly string[] }) {
  const text = useText().settings.keyboard
  if (isRecording) return <span className="text-accent-text text-xs">{text.press}</span>
  if (strokes.length === 0) return <span className="text-faint text-xs">{text.none}</span>
  return strokes.map((stroke) => (
    <kbd
      key={stroke}
      className="rounded border bg-bg px-1.5 font-sans text-muted text-xs leading-5"
    >
      {strokeLabel(stroke)}
    </kbd>
  ))
}

/** Why keys that a person chose may not act. */
function Trouble({ id, shortcuts }: { readonly id: CommandId; readonly shortcuts: Shortcuts }) {
  const text = useText().settings.keyboard
  const stroke = shortcuts[id]
  const trouble = stroke == null ? null : troubleOf(stroke)
  return trouble && <span className="text-warn">{text[trouble]}</span>
}

interface ConflictProps {
  readonly wanted: string
  readonly other: Command | undefined
  readonly onReplace: () => void
  readonly onLeave: () => void
}

function Conflict({ wanted, other, onReplace, onLeave }: ConflictProps) {
  const text = useText()
  return (
    <div role="alert" className="mt-1 flex flex-wrap items-center gap-2 pb-1 text-xs">
      <span className="text-warn">
        {strokeLabel(wanted)}: {other && text.settings.keyboard.conflict(other.title(text))}
      </span>
      <Button small onClick={onReplace}>
        {text.settings.keyboard.replace}
      </Button>
      <Button small kind="quiet" onClick={onLeave}>
        {text.settings.data.cancel}
      </Button>
    </div>
  )
}
