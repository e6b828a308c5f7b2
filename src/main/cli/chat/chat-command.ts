import { createInterface } from 'node:readline'
import { usageError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { asConversationId } from '../task-id.js'
import { Speaker } from './say.js'

/** One message, or a conversation: typed in a terminal, or line by line from a pipe. */
export async function chat(
  context: CommandContext,
  message: string | undefined,
  conversation: string | undefined,
): Promise<number> {
  const { environment, terminal, json } = context
  const place = {
    id: conversation === undefined ? null : asConversationId(conversation),
    workspace: environment.cwd,
  }
  if (message !== undefined) {
    if (message.trim() === '') throw usageError('the message is empty: say something')
    return Speaker.sayAll(context, place, [message])
  }
  if (environment.stdin.isTTY === true && terminal.isInteractive && !json) {
    const { talk } = await import('./talk.js')
    return talk(context, place)
  }
  const lines = createInterface({ input: environment.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  try {
    return await Speaker.sayAll(context, place, withoutBlanks(lines))
  } finally {
    lines.close()
  }
}

async function* withoutBlanks(lines: AsyncIterable<string>): AsyncIterable<string> {
  for await (const line of lines) if (line.trim() !== '') yield line
}
