import { createInterface } from 'node:readline'
import { usageError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { asConversationId } from '../id-arguments.js'
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
  return Speaker.sayAll(context, place, linesOf(environment.stdin))
}

/** The lines of a pipe, without blank ones. */
async function* linesOf(input: NodeJS.ReadableStream): AsyncIterable<string> {
  // Not before somebody asks for the first line: readline drops what nobody listens to.
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  try {
    for await (const line of lines) if (line.trim() !== '') yield line
  } finally {
    lines.close()
  }
}
