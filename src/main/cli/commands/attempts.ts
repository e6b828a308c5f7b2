import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { attemptLine } from '../format/task-attempt.js'
import { asTaskId } from '../id-arguments.js'

export async function attempts(
  { host, terminal, json, environment }: CommandContext,
  text: string,
): Promise<number> {
  const found = await host.call('task.attempts', { taskId: asTaskId(text) })
  if (json) terminal.json(found)
  else if (found.attempts.length === 0) terminal.line('It has not been tried yet.')
  else {
    for (const attempt of found.attempts) {
      terminal.line(attemptLine(attempt, terminal, environment.now()))
    }
  }
  return EXIT.ok
}
