import { type Command, Option } from 'commander'
import { NotificationStrategy } from '../../../shared/model/preferences.js'
import { TaskType } from '../../../shared/model/task.js'
import { Isolation } from '../../../shared/model/worktree.js'
import {
  budgetAssignment,
  collect,
  instant,
  megabytesAsBytes,
  secondsAsMs,
  wholeNumber,
} from '../arguments.js'
import type { ExecuteOptions } from '../commands/execute.js'
import type { Perform } from '../program.js'

export function addExecute(program: Command, perform: Perform): void {
  const command = program
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
  addTimes(command)
  command
    .option('--retries <n>', 'attempts after the first (default: 0)', wholeNumber(0, 99))
    .option('--timeout <seconds>', 'end an attempt that takes longer', secondsAsMs)
    .option('--no-rerun', 'after a crash of the host it fails instead of running again')
  addBounds(command)
  command
    .option('--check <line>', 'done means that this command passes; may be repeated', collect)
    .addOption(
      new Option('--plan <how>', 'with --type orchestration: wait for approval, or run').choices([
        'ask',
        'run',
      ]),
    )
    .addOption(
      new Option(
        '--notify <strategy>',
        'how much you are told of it (default: as the settings say)',
      ).choices(NotificationStrategy.options),
    )
    .option('--workspace <dir>', 'folder to work in (default: the current one)')
    .addOption(
      new Option('--isolation <mode>', 'where an agent works (default: auto)').choices(
        Isolation.options,
      ),
    )
    .option('--idempotency-key <key>', 'the same key with the same content is the same task')
    .action(async (description: string, flags: ExecuteOptions, parsed) =>
      perform(parsed, async (context) => {
        const { execute } = await import('../commands/execute.js')
        return execute(context, description, flags)
      }),
    )
}

function addTimes(command: Command): void {
  command
    .addOption(new Option('--at <time>', 'start at this time').argParser(instant).conflicts('cron'))
    .option('--cron <expression>', 'start again and again, such as "0 9 * * 1-5"')
    .option('--timezone <zone>', 'of the cron expression, such as Europe/Berlin')
    .addOption(
      new Option('--misfire <policy>', 'what becomes of times that were missed').choices([
        'run_once',
        'skip',
        'run_all',
      ]),
    )
}

function addBounds(command: Command): void {
  command
    .option(
      '--budget <key=value>',
      'may use up so much: tokens, costUsd, turns, timeMs; may be repeated',
      budgetAssignment,
    )
    .option('--max-memory <mb>', 'fails when its processes take more memory', megabytesAsBytes)
    .option('--max-output <mb>', 'fails when it puts out more', megabytesAsBytes)
    .option('--max-processes <n>', 'fails when it runs more at once', wholeNumber(1, 1_000_000))
}
