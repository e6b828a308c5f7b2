import { type Command, Option } from 'commander'
import { TaskState } from '../../../shared/model/task.js'
import { wholeNumber } from '../arguments.js'
import type { LogsOptions } from '../commands/logs.js'
import type { Perform } from '../program.js'

export function addTaskCommands(program: Command, perform: Perform): void {
  program.commandsGroup('Tasks:')
  const aboutTask = (name: string, description: string) =>
    program.command(name).description(description).argument('<task-id>', 'id of the task')

  aboutTask('status', 'how far a task is, or why it waits').action(
    async (taskId: string, _flags, command) =>
      perform(command, async (context) => {
        const { status } = await import('../commands/status.js')
        return status(context, taskId)
      }),
  )
  aboutTask('result', 'what a task has come to')
    .option('--wait', 'wait for its end')
    .action(async (taskId: string, flags: { wait?: boolean }, command) =>
      perform(command, async (context) => {
        const { result } = await import('../commands/result.js')
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
        const { list } = await import('../commands/list.js')
        return list(context, flags)
      }),
    )
  aboutTask('logs', 'what a task has put out')
    .option('--follow', 'go on until it ends')
    .addOption(
      new Option('--attempt <n>', 'only what this attempt has put out')
        .argParser(wholeNumber(1, 1_000_000))
        .conflicts('follow'),
    )
    .action(async (taskId: string, flags: LogsOptions, command) =>
      perform(command, async (context) => {
        const { logs } = await import('../commands/logs.js')
        return logs(context, taskId, flags)
      }),
    )
  aboutTask('attempts', 'every try at a task, and how it ended').action(
    async (taskId: string, _flags, command) =>
      perform(command, async (context) => {
        const { attempts } = await import('../commands/attempts.js')
        return attempts(context, taskId)
      }),
  )
  program
    .command('watch')
    .description('what happens to tasks, as it happens')
    .action(async (_flags, command) =>
      perform(command, async (context) => {
        const { watch } = await import('../commands/watch.js')
        return watch(context)
      }),
    )
  addChanges(aboutTask, perform)
}

function addChanges(
  aboutTask: (name: string, description: string) => Command,
  perform: Perform,
): void {
  for (const [name, description] of [
    ['cancel', 'end a task and every process that it started'],
    ['retry', 'run a failed or cancelled task again'],
    ['run-now', 'start a waiting task whatever holds it back'],
  ] as const) {
    aboutTask(name, description).action(async (taskId: string, _flags, command) =>
      perform(command, async (context) => {
        const { changeTask } = await import('../commands/change-task.js')
        return changeTask(context, name, taskId)
      }),
    )
  }
  aboutTask('priority', 'move a waiting task in the line')
    .argument('<n>', '1 to 10, 10 is most urgent', wholeNumber(1, 10))
    .action(async (taskId: string, priority: number, _flags, command) =>
      perform(command, async (context) => {
        const { setPriority } = await import('../commands/change-task.js')
        return setPriority(context, taskId, priority)
      }),
    )
}
