import { type Command, Option } from 'commander'
import { ExportFormat, type HistoryFilter, HistoryKind } from '../../../shared/model/history.js'
import type { ConversationId } from '../../../shared/model/ids.js'
import { TaskState, TaskType } from '../../../shared/model/task.js'
import { instant, wholeNumber } from '../arguments.js'
import { given } from '../given.js'
import type { Perform } from '../program.js'

interface FilterFlags {
  readonly kind?: HistoryKind
  readonly state?: TaskState
  readonly type?: TaskType
  readonly agent?: string
  readonly workspace?: string
  readonly conversation?: string
  readonly since?: number
  readonly until?: number
}

/** The past: searched, written out, compared, done once more. */
export function addHistoryCommands(program: Command, perform: Perform): void {
  program.commandsGroup('History:')
  withFilters(
    program.command('history').description('what tasks did and what was said, newest first'),
  )
    .option('--limit <n>', 'show at most so many', wholeNumber(1, 100_000), 20)
    .action(async (words: readonly string[], flags: FilterFlags & { limit: number }, command) =>
      perform(command, async (context) => {
        const { history } = await import('../commands/history.js')
        return history(context, filterOf(words, flags), flags.limit)
      }),
    )
  withFilters(program.command('export').description('write the history out'))
    .addOption(
      new Option('--format <format>', 'json, csv or markdown')
        .choices(ExportFormat.options)
        .default('json'),
    )
    .action(
      async (words: readonly string[], flags: FilterFlags & { format: ExportFormat }, command) =>
        perform(command, async (context) => {
          const { exportHistory } = await import('../commands/history.js')
          return exportHistory(context, filterOf(words, flags), flags.format)
        }),
    )
  program
    .command('rerun')
    .description('do a task that has ended once more, as a new one')
    .argument('<task-id>', 'id of the task')
    .action(async (taskId: string, _flags, command) =>
      perform(command, async (context) => {
        const { rerun } = await import('../commands/history.js')
        return rerun(context, taskId)
      }),
    )
  program
    .command('compare')
    .description('two runs side by side, and the difference of what they put out')
    .argument('<task-id>', 'id of the first')
    .argument('<other-id>', 'id of the second')
    .action(async (first: string, second: string, _flags, command) =>
      perform(command, async (context) => {
        const { compare } = await import('../commands/history.js')
        return compare(context, first, second)
      }),
    )
}

function withFilters(command: Command): Command {
  return command
    .argument('[query...]', 'text to look for, taken literally')
    .addOption(new Option('--kind <kind>', 'only these').choices(HistoryKind.options))
    .addOption(new Option('--state <state>', 'only tasks in this state').choices(TaskState.options))
    .addOption(new Option('--type <type>', 'only tasks of this type').choices(TaskType.options))
    .option('--agent <name>', 'only tasks of this agent')
    .option('--workspace <dir>', 'only tasks in this folder')
    .option('--conversation <id>', 'only of this conversation')
    .option('--since <time>', 'from this time on', instant)
    .option('--until <time>', 'before this time', instant)
}

function filterOf(words: readonly string[], flags: FilterFlags): HistoryFilter {
  const query = words.join(' ').trim()
  const { kind, state, type, agent, workspace, since: from, until: to } = flags
  const conversationId =
    flags.conversation === undefined ? undefined : (flags.conversation as ConversationId)
  const kinds = kind === undefined ? undefined : [kind]
  return given({
    query: query === '' ? undefined : query,
    ...{ kinds, state, type, agent, workspace, conversationId, from, to },
  }) as HistoryFilter
}
