import type { Core } from '../core/index.js'
import { DEFAULT_PAGE, numberIn } from './cursor.js'
import type { Part } from './handler.js'

/** Conversations, what is said in them, and what waits to be said. */
export function chatHandlers({ chat }: Core): Part<'chat'> {
  return {
    'chat.create': async (params) => ({ conversationId: await chat.create(params) }),
    'chat.send': ({ conversationId, text }) => ({ messageId: chat.send(conversationId, text) }),
    'chat.history': ({ conversationId, limit = DEFAULT_PAGE, cursor }) => {
      const beforeOrder = cursor === undefined ? null : numberIn(cursor)
      const page = chat.history(conversationId, { beforeOrder, limit })
      const { messages, seq, nextOrder } = page
      return { messages, seq, nextCursor: nextOrder === null ? null : String(nextOrder) }
    },
    'chat.list': ({ limit = DEFAULT_PAGE, cursor }) => {
      const [updatedAtMs, ordinal] = cursor?.split('-') ?? []
      const before =
        updatedAtMs === undefined
          ? null
          : { updatedAtMs: numberIn(updatedAtMs), ordinal: numberIn(ordinal ?? '') }
      const { conversations, next } = chat.list({ before, limit })
      return {
        conversations,
        nextCursor: next === null ? null : `${next.updatedAtMs}-${next.ordinal}`,
      }
    },
    'chat.rename': ({ conversationId, title }) => {
      chat.rename(conversationId, title)
      return { ok: true }
    },
    'chat.delete': async ({ conversationId }) => {
      await chat.delete(conversationId)
      return { ok: true }
    },
    'chat.stop': ({ conversationId }) => ({ stopped: chat.stopReply(conversationId) }),
    'chat.retry': ({ conversationId, messageId }) => ({
      messageId: chat.retry(conversationId, messageId),
    }),
    'chat.branch': ({ conversationId, messageId, title }) => ({
      conversationId: chat.branch(conversationId, messageId, title),
    }),
    'chat.edit': ({ conversationId, messageId, text }) =>
      chat.edit(conversationId, messageId, text),
    'chat.search': async ({ limit = DEFAULT_PAGE, cursor, ...wanted }, { signal }) => {
      const beforeOrder = cursor === undefined ? null : numberIn(cursor)
      const { matches, nextOrder } = await chat.search({ ...wanted, beforeOrder, limit }, signal)
      return { matches, nextCursor: nextOrder === null ? null : String(nextOrder) }
    },
    ...queuedHandlers(chat),
  }
}

function queuedHandlers(chat: Core['chat']): Part<'chat.queue'> {
  return {
    'chat.queue.list': ({ conversationId }) => ({ messages: chat.queue.list(conversationId) }),
    'chat.queue.edit': ({ conversationId, messageId, text }) => {
      chat.queue.edit(conversationId, messageId, text)
      return { ok: true }
    },
    'chat.queue.move': ({ conversationId, messageId, before }) => {
      chat.queue.move(conversationId, messageId, before)
      return { ok: true }
    },
    'chat.queue.remove': ({ conversationId, messageId }) => ({
      text: chat.queue.remove(conversationId, messageId),
    }),
    'chat.queue.sendNow': ({ conversationId, messageId }) => {
      chat.sendNow(conversationId, messageId)
      return { ok: true }
    },
  }
}
