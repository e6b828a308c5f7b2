import { type CommandId, USUAL_KEYS } from '../../../../shared/model/command-id.js'
import type { Preferences } from '../../../../shared/model/preferences.js'
import { useSettings } from '../../stores/settings.js'
import { canHear, strokeLabel } from '../keys.js'
import { ALL_COMMANDS, commandOf } from './all-commands.js'
import type { Command } from './command.js'

type Shortcuts = Preferences['shortcuts']
const USUAL: Shortcuts = {}

/** The strokes of a command: those that the person chose, else its usual ones. */
export function strokesOf(command: Command, shortcuts: Shortcuts): readonly string[] {
  const chosen = shortcuts[command.id]
  if (chosen === undefined) return USUAL_KEYS[command.id]
  return chosen === null ? [] : [chosen]
}

/** What a stroke has done; of two commands with one stroke the first that can act does. */
export function commandFor(stroke: string, shortcuts: Shortcuts): Command | undefined {
  return ALL_COMMANDS.find(
    (command) => strokesOf(command, shortcuts).includes(stroke) && (command.enabled?.() ?? true),
  )
}

export function currentShortcuts(): Shortcuts {
  return useSettings.getState().settings?.preferences.shortcuts ?? USUAL
}

/** The keys of a command as this machine writes them; undefined where it has none that can be heard. */
export function useKeys(id: CommandId): string | undefined {
  const shortcuts = useSettings((state) => state.settings?.preferences.shortcuts ?? USUAL)
  const stroke = strokesOf(commandOf(id), shortcuts).find(canHear)
  return stroke === undefined ? undefined : strokeLabel(stroke)
}
