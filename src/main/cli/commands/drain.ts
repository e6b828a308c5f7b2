import type { QueueState } from '../../../shared/model/queue.js'
import type { RpcClient } from '../../../shared/rpc/client.js'
import type { EventName, ResultOf } from '../../../shared/rpc/contract.js'
import { CliError, interruptedError } from '../cli-error.js'
import { type CommandContext, interruptSignal } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { News } from '../news.js'
import type { TransientLine } from '../terminal.js'
import { mayStillRun } from './may-still-run.js'

/** All that may bring the queue nearer to its end, or further from it. */
const TOPICS: EventName[] = [
  'queue.changed',
  'task.created',
  'task.started',
  'task.waiting',
  'task.completed',
  'task.failed',
  'task.cancelled',
]
const PAGE = 500

/** Takes no new tasks from now on; with `wait` ends when those that are there have ended. */
export async function drain(context: CommandContext, wait: boolean): Promise<number> {
  const { host, terminal, json } = context
  const state = await host.call('queue.drain', {})
  if (!wait) {
    if (json) terminal.json(state)
    else terminal.line(`Draining: no new tasks are taken (${counts(state)}).`)
    return EXIT.ok
  }
  const drained = await waitUntilDrained(context)
  const { pendingCount } = drained
  const later = pendingCount === 0 ? '' : ` ${pendingCount} wait for a time that is still to come.`
  if (json) terminal.json(drained)
  else terminal.line(`Drained: nothing runs any more.${later}`)
  return EXIT.ok
}

async function waitUntilDrained(context: CommandContext): Promise<QueueState> {
  const { host, terminal, environment, json } = context
  const interrupt = interruptSignal(environment)
  const shown = terminal.transientLine()
  try {
    for (;;) {
      const client = await host.client()
      try {
        return await drainedOn(client, json ? null : shown, interrupt.signal)
      } catch (error) {
        if (interrupt.signal.aborted) {
          throw interruptedError(
            'stopped waiting; the queue goes on draining. End that: smart-agents resume',
          )
        }
        // Only a lost connection is worth another try.
        if (await host.isLive(client)) throw error
      }
    }
  } finally {
    shown.clear()
    interrupt.stop()
  }
}

/** Looks at the queue again whenever something has happened, and at no other time. */
async function drainedOn(
  client: RpcClient,
  shown: TransientLine | null,
  signal: AbortSignal,
): Promise<QueueState> {
  const news = new News()
  const unlisten = client.onEvent(() => news.tell())
  const unwatch = client.onClose((reason) => news.stop(new Error(reason)))
  try {
    await client.call('events.subscribe', { topics: TOPICS }, { signal })
    for (;;) {
      const state = await client.call('queue.state', {}, { signal })
      if (!state.draining) {
        throw new CliError('invalid_state', 'the queue takes tasks again: somebody resumed it')
      }
      shown?.show(`Draining: ${counts(state)}${state.paused ? '; paused, so nothing starts' : ''}`)
      const isDone = state.runningCount === 0 && !(await anyMayRun(client, signal))
      // A reply never overtakes the events before it: without any, both answers still hold.
      if (isDone && !news.isFresh) return state
      await news.heard(signal)
    }
  } finally {
    unlisten()
    unwatch()
  }
}

async function anyMayRun(client: RpcClient, signal: AbortSignal): Promise<boolean> {
  const waiting: ResultOf<'task.list'>['tasks'] = []
  let cursor: string | null = null
  do {
    const from: { readonly cursor?: string } = cursor === null ? {} : { cursor }
    const page: ResultOf<'task.list'> = await client.call(
      'task.list',
      { state: 'pending', limit: PAGE, ...from },
      { signal },
    )
    waiting.push(...page.tasks)
    cursor = page.nextCursor
  } while (cursor !== null)
  return mayStillRun(waiting)
}

function counts(state: QueueState): string {
  return `${state.runningCount} running, ${state.pendingCount} waiting`
}
