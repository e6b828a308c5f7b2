import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskResult } from '../../../shared/model/task.js'
import type { RpcClient } from '../../../shared/rpc/client.js'
import { interruptedError } from '../cli-error.js'
import { type CommandContext, interruptSignal } from '../command-context.js'
import type { TransientLine } from '../terminal.js'

/** One request waits this long; then the next one does. */
const WAIT_MS = 60 * 60 * 1000

/**
 * Waits for the end of a task, through the death of the host too: the next host takes the task up
 * again. Shows on stderr how far it is, where that is a terminal.
 * @throws CliError with exit code 130 when the user presses Ctrl+C: the task goes on
 */
export async function waitForResult(context: CommandContext, taskId: TaskId): Promise<TaskResult> {
  const interrupt = interruptSignal(context.environment)
  const shown = context.terminal.transientLine()
  try {
    for (;;) {
      const client = await context.host.client()
      const unwatch = context.json ? () => undefined : showProgress(client, taskId, shown)
      try {
        const options = { signal: interrupt.signal }
        const found = await client.call('task.result', { taskId, waitMs: WAIT_MS }, options)
        if (found !== null) return found
      } catch (error) {
        if (interrupt.signal.aborted) throw detached(taskId)
        // Only a lost connection is worth another try.
        if (await context.host.isLive(client)) throw error
      } finally {
        unwatch()
      }
    }
  } finally {
    shown.clear()
    interrupt.stop()
  }
}

function detached(taskId: TaskId) {
  return interruptedError(
    `stopped waiting; the task goes on. Look: smart-agents status ${taskId}. End it: smart-agents cancel ${taskId}`,
  )
}

/** Returns how to stop. */
function showProgress(client: RpcClient, taskId: TaskId, shown: TransientLine): () => void {
  const unlisten = client.onEvent((_name, event) => {
    if (!('taskId' in event) || event.taskId !== taskId) return
    if ('progress' in event) shown.show(`Running (${Math.round(event.progress)}%) ${event.step}`)
    else if ('waitingFor' in event) shown.show(`Waiting for: ${event.waitingFor.detail}`)
  })
  // Without events the line stays empty, and the result comes all the same.
  client.call('events.subscribe', { topics: [taskId] }).catch(() => undefined)
  return unlisten
}
