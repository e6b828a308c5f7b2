import type { ChatMessage } from '../../../shared/model/chat.js'
import { AppError } from '../../../shared/rpc/errors.js'
import { mergeMessages, Transcript } from '../agents/transcript.js'
import type { EventLog } from '../events/event-log.js'
import type { ModelMessage } from '../models/model-client.js'
import type { WriteDb } from '../store/database.js'
import { type EndedCard, selectEndedCards } from '../store/queries/card-messages.js'
import { selectMessages } from '../store/queries/messages.js'

/** How far back a reply looks: whichever is reached first. */
const MOST_MESSAGES = 100
const MOST_CHARACTERS = 300_000

/**
 * What was said before a reply, as a model reads it: earlier replies with their tool calls and
 * results, and the cards of tasks that have ended.
 */
export function historyBefore(log: EventLog, message: ChatMessage): ModelMessage[] {
  const { conversationId, order } = message
  const page = { conversationId, beforeOrder: order, limit: MOST_MESSAGES }
  const earlier = log.query((db) => {
    const { messages } = selectMessages(db, page, message.createdAt)
    return withEndedTasks(messages, endedBefore(db, message, messages))
  })
  // The message that the reply answers is the reply's own first step.
  const answered = earlier.findLastIndex(
    (entry) => entry.role === 'user' && entry.state !== 'queued',
  )
  const parts: ModelMessage[][] = []
  let characters = 0
  for (const [index, entry] of [...earlier.entries()].reverse()) {
    if (index === answered || entry.state === 'queued') continue
    const said = asModelMessages(log, entry)
    characters += JSON.stringify(said).length
    if (characters > MOST_CHARACTERS) break
    parts.unshift(said)
  }
  const history = mergeMessages(parts.flat())
  // A conversation begins with the person; what is left of a cut one may not.
  while (history[0]?.role === 'assistant') history.shift()
  return history
}

function endedBefore(
  db: WriteDb,
  { conversationId, order, createdAt }: ChatMessage,
  from: readonly ChatMessage[],
) {
  const stretch = {
    conversationId,
    fromOrder: from[0]?.order ?? 0,
    beforeOrder: order,
    limit: MOST_MESSAGES,
  }
  return selectEndedCards(db, stretch, createdAt)
}

/**
 * A card stands where its task began; the assistant hears of the end where that happened, and nothing of
 * a task that has not ended: its own calls tell of those.
 */
function withEndedTasks(
  messages: readonly ChatMessage[],
  ended: readonly EndedCard[],
): readonly ChatMessage[] {
  const placed = new Set(ended.map(({ card }) => card.messageId))
  const spoken = messages.filter(
    (entry) =>
      entry.role !== 'task' || (entry.taskState !== 'pending' && !placed.has(entry.messageId)),
  )
  return spoken
    .map((entry) => ({ entry, place: entry.order }))
    .concat(ended.map(({ card, endedAfter }) => ({ entry: card, place: endedAfter + 0.5 })))
    .sort((a, b) => a.place - b.place)
    .map(({ entry }) => entry)
}

function asModelMessages(log: EventLog, entry: ChatMessage): ModelMessage[] {
  switch (entry.role) {
    case 'user':
      return [{ role: 'user', content: [{ type: 'text', text: entry.text }] }]
    case 'task':
      return [{ role: 'user', content: [{ type: 'text', text: taskNotification(entry) }] }]
    case 'assistant':
      return replyMessages(log, entry)
  }
}

function replyMessages(log: EventLog, entry: ChatMessage): ModelMessage[] {
  let steps: ModelMessage[]
  try {
    steps = Transcript.load(log, entry.messageId).messages()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // Its steps cannot be read any more: what it said is still known.
    const text = entry.text === '' ? '[a reply that is lost]' : entry.text
    return [{ role: 'assistant', content: [{ type: 'text', text }] }]
  }
  const [begin, ...rest] = steps
  const said: ModelMessage[] =
    begin === undefined ? [] : [{ role: 'user', content: begin.content.slice(1) }, ...rest]
  if (entry.state === 'stopped') {
    said.push({
      role: 'assistant',
      content: [{ type: 'text', text: '[stopped here by the person]' }],
    })
  }
  return said
}

export function taskNotification(card: Pick<ChatMessage, 'taskId' | 'taskState' | 'text'>): string {
  return `<task-notification task="${card.taskId ?? ''}" state="${card.taskState ?? ''}">\n${card.text}\n</task-notification>`
}
