import { Command } from 'commander'
import type { CommandContext } from './command-context.js'
import { EXAMPLES } from './examples.js'
import { addQueueCommands } from './grammar/queue-commands.js'
import { addScheduleCommands } from './grammar/schedule-commands.js'
import { addTaskCommands } from './grammar/task-commands.js'
import { addWorkCommands } from './grammar/work-commands.js'

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
  addQueueCommands(program, perform)
  addScheduleCommands(program, perform)
  addLaterCommands(program, perform)
  for (const command of program.commands) {
    const text = EXAMPLES[command.name()]
    if (text !== undefined) command.addHelpText('after', `\n${text.trim()}`)
  }
  return program.addHelpText('after', `\n${EXAMPLES['smart-agents']?.trim()}`)
}

/** Commands that section 4.2 promises and whose issues are not done. */
function addLaterCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Not available yet:')
  for (const [name, description] of [
    ['agents', 'durable agents and their states'],
    ['mail', 'mail between agents'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .argument('[arguments...]')
      .allowUnknownOption()
      .action(async (_rest, _flags, command) =>
        perform(command, async () => {
          const { usageError } = await import('./cli-error.js')
          throw usageError(`"${name}" is not available yet`)
        }),
      )
  }
}
