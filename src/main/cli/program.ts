import { Command, Option } from 'commander'
import type { ResourceLimits } from '../../shared/model/queue.js'
import { TaskState, TaskType } from '../../shared/model/task.js'
import { collect, instant, limitAssignment, secondsAsMs, wholeNumber } from './arguments.js'
import type { CommandContext } from './command-context.js'
import type { ExecuteOptions } from './commands/execute.js'
import type { ServeOptions } from './commands/serve.js'
import { EXAMPLES } from './examples.js'

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

type Perform = (command: Command, action: CommandAction) => Promise<void>

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
  addLaterCommands(program, perform)
  for (const command of program.commands) {
    const text = EXAMPLES[command.name()]
    if (text !== undefined) command.addHelpText('after', `\n${text.trim()}`)
  }
  return program.addHelpText('after', `\n${EXAMPLES['smart-agents']?.trim()}`)
}

function addWorkCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Work:')
  program
    .command('chat')
    .description('talk to the assistant; without a message, line by line')
    .argument('[message]', 'what to say')
    .option('--conversation <id>', 'go on with this conversation')
    .action(async (message: string | undefined, flags: { conversation?: string }, command) =>
      perform(command, async (context) => {
        const { chat } = await import('./chat/chat-command.js')
        return chat(context, message, flags.conversation)
      }),
    )
  program
    .command('execute')
    .description('start a task, wait for it and print its result')
    .argument('<description>', 'what is to be done')
    .option('--async', 'do not wait: print the id of the task and end')
    .addOption(
      new Option('--type <type>', 'kind of task')
        .choices(TaskType.options)
        .default(undefined, 'command with --command, else agent_execution'),
    )
    .option('--agent <type>', 'which agent is to do it')
    .option('--command <line>', 'command line for the shell, run in the workspace')
    .option('--priority <n>', '1 to 10, 10 is most urgent (default: 5)', wholeNumber(1, 10))
    .option('--after <id>', 'start when this task is done; may be repeated', collect)
    .addOption(new Option('--at <time>', 'start at this time').argParser(instant).conflicts('cron'))
    .option('--cron <expression>', 'start again and again')
    .option('--retries <n>', 'attempts after the first (default: 0)', wholeNumber(0, 99))
    .option('--timeout <seconds>', 'end an attempt that takes longer', secondsAsMs)
    .option('--workspace <dir>', 'folder to work in (default: the current one)')
    .option('--idempotency-key <key>', 'the same key with the same content is the same task')
    .action(async (description: string, flags: ExecuteOptions, command) =>
      perform(command, async (context) => {
        const { execute } = await import('./commands/execute.js')
        return execute(context, description, flags)
      }),
    )
  program
    .command('serve')
    .description('run the host in the foreground, for a browser and other programs')
    .option('--port <n>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65_535), 0)
    .option('--host <address>', 'loopback address to listen on', '127.0.0.1')
    .option('--workspace <dir>', 'folder that tasks work in by default (default: the current one)')
    .action(async (flags: ServeOptions, command) =>
      perform(command, async (context) => {
        const { serve } = await import('./commands/serve.js')
        return serve(context, flags)
      }),
    )
}

function addTaskCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Tasks:')
  const aboutTask = (name: string, description: string) =>
    program.command(name).description(description).argument('<task-id>', 'id of the task')

  aboutTask('status', 'how far a task is, or why it waits').action(
    async (taskId: string, _flags, command) =>
      perform(command, async (context) => {
        const { status } = await import('./commands/status.js')
        return status(context, taskId)
      }),
  )
  aboutTask('result', 'what a task has come to')
    .option('--wait', 'wait for its end')
    .action(async (taskId: string, flags: { wait?: boolean }, command) =>
      perform(command, async (context) => {
        const { result } = await import('./commands/result.js')
        return result(context, taskId, flags.wait === true)
      }),
    )
  program
    .command('list')
    .description('all tasks by state')
    .addOption(new Option('--state <state>', 'only these').choices(TaskState.options))
    .option('--limit <n>', 'show at most so many per state', wholeNumber(1, 100_000))
    .action(async (flags: { state?: TaskState; limit?: number }, command) =>
      perform(command, async (context) => {
        const { list } = await import('./commands/list.js')
        return list(context, flags)
      }),
    )
  aboutTask('logs', 'what a task has put out')
    .option('--follow', 'go on until it ends')
    .action(async (taskId: string, flags: { follow?: boolean }, command) =>
      perform(command, async (context) => {
        const { logs } = await import('./commands/logs.js')
        return logs(context, taskId, flags.follow === true)
      }),
    )
  program
    .command('watch')
    .description('what happens to tasks, as it happens')
    .action(async (_flags, command) =>
      perform(command, async (context) => {
        const { watch } = await import('./commands/watch.js')
        return watch(context)
      }),
    )
  for (const [name, description] of [
    ['cancel', 'end a task and every process that it started'],
    ['retry', 'run a failed or cancelled task again'],
    ['run-now', 'start a waiting task whatever holds it back'],
  ] as const) {
    aboutTask(name, description).action(async (taskId: string, _flags, command) =>
      perform(command, async (context) => {
        const { changeTask } = await import('./commands/change-task.js')
        return changeTask(context, name, taskId)
      }),
    )
  }
}

function addQueueCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Queue:')
  for (const [name, description] of [
    ['pause', 'start no further task; what runs goes on'],
    ['resume', 'start tasks again'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .action(async (_flags, command) =>
        perform(command, async (context) => {
          const { pauseOrResume } = await import('./commands/queue.js')
          return pauseOrResume(context, name)
        }),
      )
  }
  program
    .command('limits')
    .description('show or change what may run at once')
    .argument('[key=value...]', 'limits to change', limitAssignment)
    .action(async (change: Partial<ResourceLimits> | undefined, _flags, command) =>
      perform(command, async (context) => {
        const { limits } = await import('./commands/queue.js')
        return limits(context, { ...change })
      }),
    )
}

/** Commands that section 4.2 promises and whose issues are not done. */
function addLaterCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Not available yet:')
  for (const [name, description] of [
    ['stats', 'figures about tasks and the queue'],
    ['agents', 'durable agents and their states'],
    ['mail', 'mail between agents'],
    ['schedules', 'tasks that start again and again'],
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
