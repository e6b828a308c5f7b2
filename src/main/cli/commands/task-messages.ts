import { truncate } from '../../../shared/text/terminal-text.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-codes.js'
import { formatAgo } from '../format/duration.js'
import { asTaskId } from '../id-arguments.js'
import { textOrInput } from '../long-text.js'

const LONGEST_MESSAGE = 100_000
const LONGEST_LINE = 200

export async function messageTask(
  context: CommandContext,
  id: string,
  given: string,
): Promise<number> {
  const { host, terminal, json } = context
  const taskId = asTaskId(id)
  const text = await textOrInput(context, given, LONGEST_MESSAGE)
  const answer = await host.call('task.message', { taskId, text })
  if (json) terminal.json(answer)
  else terminal.line('Delivered. The agent reads it before its next step.')
  return EXIT.ok
}

export async function listTaskMessages(
  { host, terminal, json, environment }: CommandContext,
  id: string,
): Promise<number> {
  const taskId = asTaskId(id)
  const { messages } = await host.call('task.messages', { taskId })
  if (json) terminal.json({ messages })
  else if (messages.length === 0) terminal.line(`Nothing was said to ${taskId}.`)
  else {
    const now = environment.now()
    for (const { text, deliveredAt, readAt } of messages) {
      const read = readAt === null ? 'not read yet' : `read ${formatAgo(readAt, now)}`
      terminal.line(`delivered ${formatAgo(deliveredAt, now)}, ${read}`)
      terminal.line(`  ${truncate(terminal.foreignLine(text), LONGEST_LINE)}`)
    }
  }
  return EXIT.ok
}
