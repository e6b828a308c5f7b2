import type { ChatMessage } from '../../../shared/model/chat.js'
import type { ConversationId, MessageId } from '../../../shared/model/ids.js'
import type { TaskResult, TaskState } from '../../../shared/model/task.js'
import type { Transaction } from '../events/event-log.js'
import type { Ids } from '../ports.js'
import type { CreatedHook, EndedHook } from '../scheduler/task-lifecycle.js'
import { endCard, selectCards, selectNewestOrder } from '../store/queries/card-messages.js'
import { selectConversation, touchConversation } from '../store/queries/conversations.js'
import { insertMessage } from '../store/queries/messages.js'
import { selectWorktree } from '../store/queries/worktrees.js'
import { excerptOf } from '../tasks/report-text.js'
import type { TaskRecord } from '../tasks/task-record.js'

export interface TaskCards {
  readonly created: CreatedHook
  readonly ended: EndedHook
}

/**
 * One card for each task in the conversation that started it, put in by the commit that makes the task
 * and changed by the one that ends it. In between the windows draw it from the task itself. The run of
 * a recurring task gets its card when it ends: until then there is nothing new to say of it.
 */
export function taskCards(ids: Ids): TaskCards {
  return {
    created: (transaction, task) => {
      putIn(transaction, ids, task, `Task started: ${task.description} (${task.id})`, 'pending')
    },
    ended: (transaction, task, state, result) => {
      const text = paragraphs(cardText(task, state, result), changesText(transaction, task, result))
      const { db, at } = transaction
      const cards = selectCards(db, task.id, at)
      if (cards.length === 0) putIn(transaction, ids, task, text, state)
      for (const card of cards) {
        const { messageId, conversationId } = card
        const endedAfter = selectNewestOrder(db, conversationId)
        endCard(db, messageId, { text, taskState: state, endedAfter })
        touchConversation(db, conversationId, at)
        transaction.emit('chat.message', { ...card, text, taskState: state })
      }
    },
  }
}

function putIn(
  transaction: Transaction,
  ids: Ids,
  task: Pick<TaskRecord, 'id' | 'conversationId'>,
  text: string,
  taskState: TaskState,
): void {
  const { db, at } = transaction
  const conversationId: ConversationId | null = task.conversationId
  if (conversationId === null) return
  if (selectConversation(db, conversationId, at) === undefined) return
  const card: Omit<ChatMessage, 'order'> = {
    messageId: ids.next('msg') as MessageId,
    conversationId,
    role: 'task',
    state: 'complete',
    text,
    createdAt: at,
    taskId: task.id,
    taskState,
  }
  const order = insertMessage(db, card)
  touchConversation(db, conversationId, at)
  transaction.emit('chat.message', { ...card, order })
}

/** The first line says what has ended and how; then what came out, or why it failed. */
function cardText(task: TaskRecord, state: TaskState, result: TaskResult): string {
  const seconds = Math.round(result.metrics.duration)
  const output = typeof result.output === 'string' ? excerptOf(result.output) : ''
  switch (state) {
    case 'completed':
      return paragraphs(`Task completed ✅ ${task.description} (${task.id}, ${seconds} s)`, output)
    case 'cancelled':
      return `Task cancelled: ${task.description} (${task.id})`
    default:
      return paragraphs(
        `Task failed ❌ ${task.description} (${task.id}, ${seconds} s)`,
        result.error?.message ?? '',
      )
  }
}

/** What was changed in a worktree of its own is not in the person's files yet. */
function changesText({ db, at }: Transaction, task: TaskRecord, result: TaskResult): string {
  if (selectWorktree(db, task.id, at)?.state !== 'ready') return ''
  const count = result.artifacts?.changes ?? 0
  const files = count === 1 ? '1 changed file waits' : `${count} changed files wait`
  return `${files} for you: apply, keep on a branch, or discard.`
}

function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}
