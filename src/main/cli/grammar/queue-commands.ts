import { Argument, type Command } from 'commander'
import type { ResourceLimits } from '../../../shared/model/queue.js'
import { limitAssignment, wholeNumber } from '../arguments.js'
import { usageError } from '../cli-error.js'
import type { Perform } from '../program.js'

interface StatsFlags {
  readonly days?: number
  readonly overview?: true
  readonly timezone?: string
}

export function addQueueCommands(program: Command, perform: Perform): void {
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
          const { pauseOrResume } = await import('../commands/queue.js')
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
        const { limits } = await import('../commands/queue.js')
        return limits(context, { ...change })
      }),
    )
  program
    .command('drain')
    .description('take no new tasks and run to its end what is there')
    .option('--wait', 'wait until nothing runs and nothing that could run waits')
    .action(async (flags: { wait?: boolean }, command) =>
      perform(command, async (context) => {
        const { drain } = await import('../commands/drain.js')
        return drain(context, flags.wait === true)
      }),
    )
  program
    .command('clear')
    .description('cancel every task that waits; what runs goes on')
    .action(async (_flags, command) =>
      perform(command, async (context) => {
        const { clear } = await import('../commands/queue.js')
        return clear(context)
      }),
    )
  program
    .command('async')
    .description('show or change whether tasks run in the background')
    .addArgument(new Argument('[state]', 'on or off').choices(['on', 'off']))
    .action(async (change: 'on' | 'off' | undefined, _flags, command) =>
      perform(command, async (context) => {
        const { asyncSetting } = await import('../commands/async.js')
        return asyncSetting(context, change)
      }),
    )
  program
    .command('stats')
    .description('figures about the tasks of the last days')
    .option('--days <n>', 'of how many days (default: the host’s choice)', wholeNumber(1, 3650))
    .option('--overview', 'also by hour or day, waits by reason, cost by agent')
    .option('--timezone <name>', 'IANA name; whose days these are (with --overview)')
    .action(async (flags: StatsFlags, command) =>
      perform(command, async (context) => {
        const { stats, statsOverview } = await import('../commands/stats.js')
        const { overview, ...span } = flags
        if (overview === true) return statsOverview(context, span)
        if (span.timezone !== undefined) throw usageError('--timezone goes with --overview')
        return stats(context, span.days)
      }),
    )
}
