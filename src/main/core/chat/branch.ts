import type { ChatMessage } from '../../../shared/model/chat.js'
import type { ConversationId, MessageId } from '../../../shared/model/ids.js'
import { AppError } from '../../../shared/rpc/errors.js'
import type { Transaction } from '../events/event-log.js'
import type { Ids } from '../ports.js'
import {
  type ConversationRecord,
  countBranches,
  insertConversation,
} from '../store/queries/conversations.js'
import { copyMessages } from '../store/queries/message-branches.js'
import { selectMessage } from '../store/queries/messages.js'

/**
 * Begins a conversation that goes on from another: what was said there is copied, so that each lives
 * on its own. With `instead` the message is not part of it: something else is said in its place.
 */
export function branchConversation(
  transaction: Transaction,
  ids: Ids,
  origin: ConversationRecord,
  message: ChatMessage,
  options: { readonly title?: string | undefined; readonly instead: boolean },
): ConversationId {
  const { db, at } = transaction
  const id = ids.next('conv') as ConversationId
  const title = options.title ?? titleOfBranch(origin.title, countBranches(db, origin.id))
  const branchedFrom = { conversationId: origin.id, messageId: message.messageId }
  insertConversation(db, {
    id,
    title,
    titledBy: options.title === undefined ? 'program' : 'person',
    workspace: origin.workspace,
    createdAtMs: at,
    branchedFrom,
  })
  copyMessages(db, {
    from: origin.id,
    to: id,
    throughOrder: options.instead ? message.order - 1 : message.order,
    base: ids.next('msg'),
  })
  transaction.emit('chat.changed', { conversationId: id, change: 'created', title, branchedFrom })
  return id
}

/** @throws AppError `not_found`, or `invalid_state` for one that is not said yet */
export function messageToBranchFrom(
  { db, at }: Transaction,
  conversationId: ConversationId,
  messageId: MessageId,
): ChatMessage {
  const message = selectMessage(db, messageId, at)
  if (message === undefined || message.conversationId !== conversationId) {
    throw new AppError('not_found', `there is no message ${messageId} in ${conversationId}`)
  }
  if (message.state === 'queued' || message.state === 'streaming') {
    throw new AppError(
      'invalid_state',
      `message ${messageId} is ${message.state}: branch from one that is complete, or stop the reply first`,
    )
  }
  return message
}

/** `Plans`, then `Plans (2)`, `Plans (3)`: short, and the same in every language. */
function titleOfBranch(title: string, branches: number): string {
  const base = title.replace(/ \(\d+\)$/, '')
  const number = Number(/ \((\d+)\)$/.exec(title)?.[1] ?? 1)
  return `${base} (${number + branches + 1})`
}
