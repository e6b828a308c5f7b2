import { createInterface } from 'node:readline'
import type { ConversationId } from '../../../shared/model/ids.js'
import { usageError } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'
import { asConversationId, asMessageId } from '../id-arguments.js'
import { Speaker } from './say.js'

export interface ChatFlags {
  readonly conversation?: string
  readonly branch?: string
}

/** One message, or a conversation: typed in a terminal, or line by line from a pipe. */
export async function chat(
  context: CommandContext,
  message: string | undefined,
  flags: ChatFlags,
): Promise<number> {
  const { environment, terminal, json } = context
  if (message?.trim() === '') throw usageError('the message is empty: say something')
  const place = { id: await conversationOf(context, flags), workspace: environment.cwd }
  if (message !== undefined) {
    return Speaker.sayAll(context, place, [message])
  }
  if (environment.stdin.isTTY === true && terminal.isInteractive && !json) {
    const { talk } = await import('./talk.js')
    return talk(context, place)
  }
  return Speaker.sayAll(context, place, linesOf(environment.stdin))
}

/** The one that was named, a branch of it, or null for a new one. */
async function conversationOf(
  { host }: CommandContext,
  { conversation, branch }: ChatFlags,
): Promise<ConversationId | null> {
  if (conversation === undefined) {
    if (branch === undefined) return null
    throw usageError('--branch needs --conversation: the conversation that the message is in')
  }
  const conversationId = asConversationId(conversation)
  if (branch === undefined) return conversationId
  const messageId = asMessageId(branch)
  return (await host.call('chat.branch', { conversationId, messageId })).conversationId
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
