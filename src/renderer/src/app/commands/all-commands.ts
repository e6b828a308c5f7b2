import type { CommandId } from '../../../../shared/model/command-id.js'
import { areaCommands } from './area-commands.js'
import { chatCommands } from './chat-commands.js'
import type { Command } from './command.js'
import { historyCommands } from './history-commands.js'
import { viewCommands } from './view-commands.js'

export const ALL_COMMANDS: readonly Command[] = [
  ...chatCommands,
  ...areaCommands,
  ...historyCommands,
  ...viewCommands,
]

const BY_ID = new Map<CommandId, Command>(ALL_COMMANDS.map((command) => [command.id, command]))

export function commandOf(id: CommandId): Command {
  const command = BY_ID.get(id)
  if (command === undefined) throw new Error(`no command has the id ${id}`)
  return command
}
