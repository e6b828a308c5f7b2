import type { ChatMessage } from '../../../shared/model/chat.js'
import type { ConversationId, MessageId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { EventLog, Transaction } from '../events/event-log.js'
import type { Clock } from '../ports.js'
import { selectMessage } from '../store/queries/messages.js'
import {
  deleteQueued,
  reorderMessages,
  selectOpenMessages,
  updateQueuedText,
} from '../store/queries/queued-messages.js'

export interface QueuedMessagesOptions {
  readonly log: EventLog
  readonly clock: Clock
  /** @throws AppError `not_found` */
  readonly requireConversation: (id: ConversationId) => unknown
}

/** What a person has said and the assistant has not taken up: it can still be changed. */
export class QueuedMessages {
  readonly #options: QueuedMessagesOptions

  constructor(options: QueuedMessagesOptions) {
    this.#options = options
  }

  /** In the order in which they will be answered. */
  list(conversationId: ConversationId): ChatMessage[] {
    this.#options.requireConversation(conversationId)
    const { log, clock } = this.#options
    return log.query((db) => queuedIn(selectOpenMessages(db, conversationId, clock.now())))
  }

  edit(conversationId: ConversationId, messageId: MessageId, text: string): void {
    this.#change(conversationId, messageId, (transaction, message) => {
      updateQueuedText(transaction.db, messageId, text)
      transaction.emit('chat.message', { ...message, text })
    })
  }

  /** Answers with its text. */
  remove(conversationId: ConversationId, messageId: MessageId): string {
    return this.#change(conversationId, messageId, (transaction, message) => {
      deleteQueued(transaction.db, messageId)
      transaction.emit('chat.removed', { conversationId, messageId })
      return message.text
    })
  }

  /** Puts it before another one that waits, or with null behind all of them. */
  move(conversationId: ConversationId, messageId: MessageId, before: MessageId | null): void {
    this.#change(conversationId, messageId, (transaction, message) => {
      const waiting = queuedIn(selectOpenMessages(transaction.db, conversationId, transaction.at))
      const target = before === null ? null : find(waiting, conversationId, before)
      if (target?.messageId === messageId) return
      reorder(transaction, waiting, message, target)
    })
  }

  /** Makes it the one that is answered next. */
  putFirst(conversationId: ConversationId, messageId: MessageId): void {
    this.#change(conversationId, messageId, (transaction, message) => {
      const waiting = queuedIn(selectOpenMessages(transaction.db, conversationId, transaction.at))
      const first = waiting[0]
      if (first !== undefined && first.messageId !== messageId) {
        reorder(transaction, waiting, message, first)
      }
    })
  }

  #change<T>(
    conversationId: ConversationId,
    messageId: MessageId,
    change: (transaction: Transaction, message: ChatMessage) => T,
  ): T {
    this.#options.requireConversation(conversationId)
    return this.#options.log.transaction((transaction) => {
      const message = selectMessage(transaction.db, messageId, transaction.at)
      if (message === undefined || message.conversationId !== conversationId) {
        throw new AppError('not_found', `there is no message ${messageId} in ${conversationId}`)
      }
      if (message.state !== 'queued') throw notQueued(message)
      return change(transaction, message)
    })
  }
}

function queuedIn(open: readonly ChatMessage[]): ChatMessage[] {
  return open.filter(({ state }) => state === 'queued')
}

function find(waiting: readonly ChatMessage[], conversationId: ConversationId, id: MessageId) {
  const found = waiting.find(({ messageId }) => messageId === id)
  if (found !== undefined) return found
  throw new AppError(
    'invalid_state',
    `before: no message ${id} waits in ${conversationId}; name one that does, or null for the end`,
  )
}

function reorder(
  transaction: Transaction,
  waiting: readonly ChatMessage[],
  message: ChatMessage,
  before: ChatMessage | null,
): void {
  const others = waiting.filter((each) => each !== message && each.messageId !== message.messageId)
  const at = before === null ? others.length : others.indexOf(before)
  const wanted = others.toSpliced(at, 0, message)
  const places = wanted.flatMap((each, index) => {
    const order = waiting[index]?.order ?? each.order
    return order === each.order ? [] : [{ message: each, order }]
  })
  reorderMessages(
    transaction.db,
    places.map(({ message: { messageId: id }, order }) => ({ id, order })),
  )
  for (const { message: moved, order } of places) {
    transaction.emit('chat.message', { ...moved, order })
  }
}

function notQueued({ messageId, state }: ChatMessage): AppError {
  return new AppError(
    'invalid_state',
    `message ${messageId} is ${state}: only one that is queued can be changed, moved or taken back`,
  )
}
