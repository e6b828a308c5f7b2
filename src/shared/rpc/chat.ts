import { z } from 'zod'
import { ChatMessage, Conversation } from '../model/chat.js'
import { ConversationId, MessageId } from '../model/ids.js'
import { durable, live, method } from './define.js'
import { PageParams, Text } from './params.js'

const ConversationRef = z.strictObject({ conversationId: ConversationId })
const Done = z.object({ ok: z.literal(true) })

export const chatMethods = {
  'chat.create': method(
    z.strictObject({
      title: z.string().trim().min(1).max(200).optional(),
      workspace: z.string().min(1).optional(),
    }),
    z.object({ conversationId: ConversationId }),
  ),
  /** Answers as soon as the message is stored; the reply comes as events. */
  'chat.send': method(
    z.strictObject({ conversationId: ConversationId, text: Text }),
    z.object({ messageId: MessageId }),
  ),
  /** Oldest first; the page ends at the newest message, `nextCursor` leads to older ones. */
  'chat.history': method(
    z.strictObject({ conversationId: ConversationId, ...PageParams }),
    z.object({
      messages: z.array(ChatMessage),
      nextCursor: z.string().nullable(),
      seq: z.number(),
    }),
  ),
  'chat.list': method(
    z.strictObject({ ...PageParams }),
    z.object({ conversations: z.array(Conversation), nextCursor: z.string().nullable() }),
  ),
  'chat.rename': method(
    z.strictObject({ conversationId: ConversationId, title: z.string().trim().min(1).max(200) }),
    Done,
  ),
  /** Ends a reply that is under way; tasks that the conversation started go on. */
  'chat.delete': method(ConversationRef, Done),
  /** `stopped` is false where nothing was being said. */
  'chat.stop': method(ConversationRef, z.object({ stopped: z.boolean() })),
  /** Asks again for a reply that failed or was stopped. */
  'chat.retry': method(
    z.strictObject({ conversationId: ConversationId, messageId: MessageId }),
    z.object({ messageId: MessageId }),
  ),
}

export const chatEvents = {
  /** A message was accepted (user), ended or is tried again (assistant), or was put in (card). */
  'chat.message': durable(ChatMessage),
  'chat.changed': durable(
    z.object({
      conversationId: ConversationId,
      change: z.enum(['created', 'renamed', 'deleted']),
      title: z.string(),
    }),
  ),
  /** Text to put at `offset` (UTF-16 units) of the message that is streaming. */
  'chat.delta': live(
    z.object({
      conversationId: ConversationId,
      messageId: MessageId,
      offset: z.number(),
      text: z.string(),
    }),
  ),
  /** The assistant began or ended its turn, or uses a tool; `messageId` is the reply being made. */
  'chat.activity': live(
    z.object({
      conversationId: ConversationId,
      busy: z.boolean(),
      messageId: MessageId.optional(),
      detail: z.string().optional(),
    }),
  ),
}
