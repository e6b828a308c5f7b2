import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { statusLines } from '../format/task-status.js'
import { asTaskId } from '../task-id.js'

export async function status(context: CommandContext, taskId: string): Promise<number> {
  const { host, terminal, json } = context
  const current = await host.call('task.status', { taskId: asTaskId(taskId) })
  if (json) terminal.json(current)
  else for (const line of statusLines(current, terminal)) terminal.line(line)
  return EXIT.ok
}
