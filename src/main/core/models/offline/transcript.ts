import type { ModelMessage, ToolResultBlock } from '../model-client.js'
import type { Outcome } from './routine.js'

export interface AnsweredCall {
  readonly name: string
  readonly input: unknown
  readonly outcome: Outcome
}

/** One thing that was said, in order. Notifications are told apart from what a person wrote. */
export type Said =
  | { readonly by: 'user'; readonly text: string; readonly at: number }
  | { readonly by: 'assistant'; readonly text: string; readonly at: number }
  | { readonly by: 'notification'; readonly text: string; readonly at: number }

/** Material about what a message points at; the message itself stands before it. */
export const MENTIONS = /<mentions\b[\s\S]*?<\/mentions>/g

const NOTIFICATION = /<task-notification\b([^>]*)>([\s\S]*?)<\/task-notification>/g

/** Everything that was said in text, with the index of its message. */
export function saidIn(messages: readonly ModelMessage[]): Said[] {
  return messages.flatMap((message, at) =>
    message.content.flatMap((block): Said[] =>
      block.type === 'text' ? saidInText(message.role, block.text, at) : [],
    ),
  )
}

/** Blocks stay apart: a request that was never answered may share its message with the next one. */
function saidInText(role: ModelMessage['role'], text: string, at: number): Said[] {
  if (role === 'assistant') return text.trim() === '' ? [] : [{ by: 'assistant', text, at }]
  const said: Said[] = [...text.matchAll(NOTIFICATION)].map((match) => ({
    by: 'notification',
    text: `${match[1] ?? ''}\n${match[2] ?? ''}`.trim(),
    at,
  }))
  const own = text.replace(MENTIONS, '').replace(NOTIFICATION, '').trim()
  if (own !== '') said.push({ by: 'user', text: own, at })
  return said
}

/** A result that a long transcript has dropped says nothing any more, least of all "no files". */
function outcomeOf({ content, isError }: ToolResultBlock): Outcome {
  if (!content.startsWith('[left out to save room')) return { content, isError }
  return {
    content: 'limit_exceeded: this result was dropped, because the run has become too long',
    isError: true,
  }
}

/** Calls with their results, in the order of the calls, from message `from` on. */
export function answeredCalls(messages: readonly ModelMessage[], from = 0): AnsweredCall[] {
  const outcomes = new Map<string, Outcome>()
  for (const { content } of messages.slice(from)) {
    for (const block of content) {
      if (block.type !== 'tool_result') continue
      outcomes.set(block.toolUseId, outcomeOf(block))
    }
  }
  return messages.slice(from).flatMap(({ content }) =>
    content.flatMap((block): AnsweredCall[] => {
      if (block.type !== 'tool_use') return []
      const outcome = outcomes.get(block.id)
      return outcome === undefined ? [] : [{ name: block.name, input: block.input, outcome }]
    }),
  )
}
