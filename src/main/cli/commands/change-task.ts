import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { STATE_WORDS } from '../format/task-status.js'
import { asTaskId } from '../id-arguments.js'

const METHODS = {
  cancel: 'task.cancel',
  retry: 'task.retry',
  'run-now': 'task.runNow',
} as const

/** Asks for a change of a task's state and tells which state that led to. */
export async function changeTask(
  { host, terminal, json }: CommandContext,
  change: keyof typeof METHODS,
  text: string,
): Promise<number> {
  const changed = await host.call(METHODS[change], { taskId: asTaskId(text) })
  if (json) terminal.json(changed)
  else if (change === 'cancel' && changed.state === 'cancelled') {
    terminal.line(`Task cancelled: ${changed.taskId}`)
  } else {
    terminal.line(`Status: ${STATE_WORDS[changed.state]}`)
  }
  return EXIT.ok
}

/** Moves a waiting task in the line. */
export async function setPriority(
  { host, terminal, json }: CommandContext,
  text: string,
  priority: number,
): Promise<number> {
  const changed = await host.call('task.setPriority', { taskId: asTaskId(text), priority })
  if (json) terminal.json(changed)
  else terminal.line(`Priority of ${changed.taskId}: ${changed.priority}`)
  return EXIT.ok
}
