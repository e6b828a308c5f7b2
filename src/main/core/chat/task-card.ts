import type { ChatMessage } from '../../../shared/model/chat.js'
import type { MessageId } from '../../../shared/model/ids.js'
import type { TaskResult, TaskState } from '../../../shared/model/task.js'
import type { Transaction } from '../events/event-log.js'
import type { Ids } from '../ports.js'
import type { EndedHook } from '../scheduler/task-lifecycle.js'
import { selectConversation, touchConversation } from '../store/queries/conversations.js'
import { insertMessage } from '../store/queries/messages.js'
import { selectWorktree } from '../store/queries/worktrees.js'
import { excerptOf } from '../tasks/report-text.js'
import type { TaskRecord } from '../tasks/task-record.js'

/** Puts a card into the conversation that started a task, in the commit that ends it. */
export function taskCards(ids: Ids): EndedHook {
  return (transaction, task, state, result) => {
    const { db, at } = transaction
    if (task.conversationId === null) return
    if (selectConversation(db, task.conversationId, at) === undefined) return
    const card: Omit<ChatMessage, 'order'> = {
      messageId: ids.next('msg') as MessageId,
      conversationId: task.conversationId,
      role: 'task',
      state: 'complete',
      text: paragraphs(cardText(task, state, result), changesText(transaction, task, result)),
      createdAt: at,
      taskId: task.id,
      taskState: state,
    }
    const order = insertMessage(db, card)
    touchConversation(db, task.conversationId, at)
    transaction.emit('chat.message', { ...card, order })
  }
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
