import { usageError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { costLines, treeCostLines } from '../format/costs.js'
import { given } from '../given.js'
import { asTaskId } from '../id-arguments.js'

export async function costs(
  { host, terminal, json }: CommandContext,
  { days, task }: { readonly days?: number; readonly task?: string },
): Promise<number> {
  if (days !== undefined && task !== undefined) {
    throw usageError('--days and --task cannot be given together: a task counts from its beginning')
  }
  const answer =
    task === undefined
      ? await host.call('cost.summary', given({ days }))
      : await host.call('cost.tree', { taskId: asTaskId(task) })
  if (json) {
    terminal.json(answer)
    return EXIT.ok
  }
  const lines = 'own' in answer ? treeCostLines(answer, terminal) : costLines(answer, terminal)
  for (const line of lines) terminal.line(line)
  return EXIT.ok
}
