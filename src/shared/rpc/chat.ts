import { z } from 'zod'
import { BranchPoint, ChatMessage, Conversation } from '../model/chat.js'
import { ConversationId, MessageId } from '../model/ids.js'
import { durable, live, method } from './define.js'
import { PageParams, Text } from './params.js'

const ConversationRef = z.strictObject({ conversationId: ConversationId })
const MessageRef = z.strictObject({ conversationId: ConversationId, messageId: MessageId })
const Title = z.string().trim().min(1).max(200)
const Done = z.object({ ok: z.literal(true) })

export const chatMethods = {
  'chat.create': method(
    z.strictObject({
      title: Title.optional(),
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
  'chat.rename': method(z.strictObject({ conversationId: ConversationId, title: Title }), Done),
  /** Ends a reply that is under way; tasks that the conversation started go on. */
  'chat.delete': method(ConversationRef, Done),
  /** `stopped` is false where nothing was being said. */
  'chat.stop': method(ConversationRef, z.object({ stopped: z.boolean() })),
  /** Asks again for a reply that failed or was stopped. */
  'chat.retry': method(MessageRef, z.object({ messageId: MessageId })),
  /** Begins a conversation with everything that was said up to a message, which is the last of it. */
  'chat.branch': method(
    MessageRef.extend({ title: Title.optional() }),
    z.object({ conversationId: ConversationId }),
  ),
  /**
   * Says something else in place of a message of one's own: the answer comes in a branch that begins
   * before it, and the conversation itself stays as it is. A message that is still queued is changed
   * where it waits.
   */
  'chat.edit': method(
    MessageRef.extend({ text: Text }),
    z.object({ conversationId: ConversationId, messageId: MessageId }),
  ),
  /** Messages that wait behind a reply, in the order in which they will be answered. */
  'chat.queue.list': method(ConversationRef, z.object({ messages: z.array(ChatMessage) })),
  'chat.queue.edit': method(MessageRef.extend({ text: Text }), Done),
  /** Before another message that waits, or behind all of them. */
  'chat.queue.move': method(MessageRef.extend({ before: MessageId.nullable() }), Done),
  /** Answers with the text, so that nothing typed is lost. */
  'chat.queue.remove': method(MessageRef, z.object({ text: z.string() })),
  /** Ends the reply under way, and answers this message next. */
  'chat.queue.sendNow': method(MessageRef, Done),
  /**
   * Messages with a text in them, newest first, and how often each has it as it is shown (once at least); upper and lower
   * case are the same. `nextCursor` leads to older ones.
   */
  'chat.search': method(
    ConversationRef.extend({ query: z.string().min(1).max(1000), ...PageParams }),
    z.object({
      matches: z.array(z.object({ messageId: MessageId, order: z.number(), hits: z.number() })),
      nextCursor: z.string().nullable(),
    }),
  ),
}

export const chatEvents = {
  /**
   * A message was accepted or changed (user), ended or is tried again (assistant), or was put in or has
   * news (card).
   */
  'chat.message': durable(ChatMessage),
  /** A message that was queued was taken back. */
  'chat.removed': durable(z.object({ conversationId: ConversationId, messageId: MessageId })),
  'chat.changed': durable(
    z.object({
      conversationId: ConversationId,
      change: z.enum(['created', 'renamed', 'deleted']),
      title: z.string(),
      branchedFrom: BranchPoint.optional(),
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
