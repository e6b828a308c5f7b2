import { isTerminal, type TaskState } from '../../../shared/model/task.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { groupLines, type TaskGroup } from '../format/task-list.js'
import { given } from '../given.js'
import type { HostConnection } from '../host/host-connection.js'
import { upTo } from '../pages.js'

/** In the order of the display. */
const STATES: readonly TaskState[] = ['running', 'pending', 'completed', 'failed', 'cancelled']
const NEWEST_FINISHED = 20
const NEWEST_AS_JSON = 500

export interface ListOptions {
  readonly state?: TaskState
  readonly limit?: number
}

export async function list(context: CommandContext, options: ListOptions): Promise<number> {
  const { host, terminal, json, environment } = context
  if (json) {
    const { tasks, nextCursor } = await pages(host, options.state, options.limit ?? NEWEST_AS_JSON)
    terminal.json({ tasks, nextCursor })
    return EXIT.ok
  }
  const states = options.state === undefined ? STATES : [options.state]
  const groups = await Promise.all(states.map((state) => groupOf(host, state, options)))
  const shown = groups.filter((group) => group.tasks.length > 0)
  for (const line of shown.flatMap((group) => groupLines(group, terminal, environment.now()))) {
    terminal.line(line)
  }
  if (shown.length === 0) terminal.line(emptyText(options.state))
  const cut = shown.find((group) => group.hasMore)
  if (cut) terminal.note(`There are more: smart-agents list --state ${cut.state} --limit 1000`)
  return EXIT.ok
}

async function groupOf(
  host: HostConnection,
  state: TaskState,
  options: ListOptions,
): Promise<TaskGroup> {
  const usual = isTerminal(state) ? NEWEST_FINISHED : Number.POSITIVE_INFINITY
  const { tasks, nextCursor } = await pages(host, state, options.limit ?? usual)
  return { state, tasks, hasMore: nextCursor !== null }
}

/** The newest `limit` tasks. */
async function pages(host: HostConnection, state: TaskState | undefined, limit: number) {
  const { items, nextCursor } = await upTo(limit, async (page) => {
    const answer = await host.call('task.list', { ...page, ...given({ state }) })
    return { items: answer.tasks, nextCursor: answer.nextCursor }
  })
  return { tasks: items, nextCursor }
}

function emptyText(state: TaskState | undefined): string {
  if (state !== undefined) return `There are no ${state} tasks.`
  return 'There are no tasks yet. Start one: smart-agents execute "what is to be done" --async'
}
