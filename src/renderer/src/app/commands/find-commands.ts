import type { Preferences } from '../../../../shared/model/preferences.js'
import type { Text } from '../../text/text.js'
import { strokeLabel } from '../keys.js'
import { ALL_COMMANDS } from './all-commands.js'
import { strokesOf } from './bindings.js'
import type { Command, CommandGroup } from './command.js'

export interface FoundGroup {
  readonly group: CommandGroup
  readonly commands: readonly Command[]
}

/** The commands in whose title or keys every word is found, by group; all of them for no words. */
export function findCommands(
  query: string,
  text: Text,
  shortcuts: Preferences['shortcuts'],
): readonly FoundGroup[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const fits = (command: Command) => {
    const keys = strokesOf(command, shortcuts).map((stroke) => strokeLabel(stroke))
    const hay = [command.title(text), ...keys].join(' ').toLocaleLowerCase()
    return words.every((word) => hay.includes(word))
  }
  const groups = Map.groupBy(ALL_COMMANDS.filter(fits), (command) => command.group)
  return [...groups].map(([group, commands]) => ({ group, commands }))
}
