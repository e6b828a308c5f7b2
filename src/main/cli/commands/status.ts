import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { statusLines } from '../format/task-status.js'
import { asTaskId } from '../id-arguments.js'

export async function status(context: CommandContext, taskId: string): Promise<number> {
  const { host, terminal, json } = context
  const id = asTaskId(taskId)
  const current = await host.call('task.status', { taskId: id })
  if (json) {
    terminal.json(current)
    return EXIT.ok
  }
  for (const line of statusLines(current, terminal)) terminal.line(line)
  if (current.state === 'pending' && current.waitingFor?.reason === 'answer') {
    const wanted = { taskId: id, state: 'open' as const }
    for (const blocker of (await host.call('blocker.list', wanted)).blockers) {
      if (blocker.kind !== 'sync') continue
      terminal.note(`Answer: smart-agents blockers answer ${blocker.id} "…"`)
    }
  }
  return EXIT.ok
}
