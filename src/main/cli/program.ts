import { Command } from 'commander'
import type { CommandContext } from './command-context.js'
import { EXAMPLES } from './examples.js'
import { addAgentCommands } from './grammar/agent-commands.js'
import { addBlockerCommands } from './grammar/blocker-commands.js'
import { addChangeCommands } from './grammar/change-commands.js'
import { addHistoryCommands } from './grammar/history-commands.js'
import { addInboxCommands } from './grammar/inbox-commands.js'
import { addMailCommands } from './grammar/mail-commands.js'
import { addNotificationCommands } from './grammar/notification-commands.js'
import { addQueueCommands } from './grammar/queue-commands.js'
import { addScheduleCommands } from './grammar/schedule-commands.js'
import { addSettingsCommands } from './grammar/settings-commands.js'
import { addTaskCommands } from './grammar/task-commands.js'
import { addTeamCommands } from './grammar/team-commands.js'
import { addWorkCommands } from './grammar/work-commands.js'
import { addWorkflowCommands } from './grammar/workflow-commands.js'

export interface GlobalOptions {
  readonly json?: boolean
  readonly dataDir?: string
}

/** Carries a command out and answers the exit code. */
export type CommandAction = (context: CommandContext) => Promise<number>

export interface ProgramOptions {
  readonly version: string
  readonly width: number
  writeOut(text: string): void
  writeErr(text: string): void
  perform(globals: GlobalOptions, action: CommandAction): Promise<void>
}

/** Carries out what was parsed into a command. */
export type Perform = (command: Command, action: CommandAction) => Promise<void>

/**
 * The grammar of the command line. Commands are loaded when they are called, so that none pays for
 * another's libraries.
 */
export function createProgram(options: ProgramOptions): Command {
  const program = new Command('smart-agents')
    .description('Chat with an AI assistant while AI agents do real work in the background.')
    .version(options.version)
    .option('--json', 'print one JSON document (one per line where the command streams)')
    .option('--data-dir <dir>', 'data directory (default: $SMART_AGENTS_HOME, or the app’s own)')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, helpWidth: options.width })
    .configureOutput({ writeOut: options.writeOut, writeErr: options.writeErr })
    .helpCommand('help [command]', 'explain a command')
  const perform: Perform = (command, action) =>
    options.perform(command.optsWithGlobals<GlobalOptions>(), action)
  addWorkCommands(program, perform)
  addTaskCommands(program, perform)
  addHistoryCommands(program, perform)
  addChangeCommands(program, perform)
  addQueueCommands(program, perform)
  addScheduleCommands(program, perform)
  addSettingsCommands(program, perform)
  addAgentCommands(program, perform)
  addMailCommands(program, perform)
  addTeamCommands(program, perform)
  addBlockerCommands(program, perform)
  addInboxCommands(program, perform)
  addNotificationCommands(program, perform)
  addWorkflowCommands(program, perform)
  for (const command of program.commands) {
    addExamples(command, command.name())
    for (const part of command.commands) addExamples(part, `${command.name()} ${part.name()}`)
  }
  return program.addHelpText('after', `\n${EXAMPLES['smart-agents']?.trim()}`)
}

function addExamples(command: Command, name: string): void {
  const text = EXAMPLES[name]
  if (text !== undefined) command.addHelpText('after', `\n${text.trim()}`)
}
