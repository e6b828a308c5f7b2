import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskResult } from '../../../shared/model/task.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { resultText } from '../format/task-result.js'
import { statusLines } from '../format/task-status.js'
import { asTaskId } from '../id-arguments.js'
import { waitForResult } from './wait-for-result.js'

export async function result(
  context: CommandContext,
  text: string,
  wait: boolean,
): Promise<number> {
  const { host, terminal, json } = context
  const taskId = asTaskId(text)
  const found = wait
    ? await waitForResult(context, taskId)
    : await host.call('task.result', { taskId })
  if (found !== null) return printResult(context, found, found)
  if (json) terminal.json(null)
  else await printUnfinished(context, taskId)
  return EXIT.ok
}

/** @param document what `--json` prints */
export function printResult(
  { terminal, json }: CommandContext,
  found: TaskResult,
  document: object,
): number {
  if (json) terminal.json(document)
  else terminal.write(resultText(found, terminal))
  return found.success ? EXIT.ok : EXIT.failed
}

async function printUnfinished({ host, terminal }: CommandContext, taskId: TaskId): Promise<void> {
  const current = await host.call('task.status', { taskId })
  terminal.line('There is no result yet.')
  for (const line of statusLines(current, terminal)) terminal.line(line)
  terminal.note(`Wait for it: smart-agents result ${taskId} --wait`)
}
