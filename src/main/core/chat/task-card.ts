import type { ChatMessage } from '../../../shared/model/chat.js'
import type { MessageId } from '../../../shared/model/ids.js'
import type { TaskResult, TaskState } from '../../../shared/model/task.js'
import type { Ids } from '../ports.js'
import type { EndedHook } from '../scheduler/task-lifecycle.js'
import { selectConversation, touchConversation } from '../store/queries/conversations.js'
import { insertMessage } from '../store/queries/messages.js'
import type { TaskRecord } from '../tasks/task-record.js'

/** What a card shows of a result, in UTF-16 units; the whole is a click away. */
const EXCERPT = 600

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
      text: cardText(task, state, result),
      createdAt: at,
      taskId: task.id,
      taskState: state,
    }
    const order = insertMessage(db, card)
    touchConversation(db, task.conversationId, at)
    transaction.emit('chat.message', { ...card, order })
  }
}

function cardText(task: TaskRecord, state: TaskState, result: TaskResult): string {
  const seconds = Math.round(result.metrics.duration)
  switch (state) {
    case 'completed':
      return `Task completed ✅ ${task.description} (${task.id}, ${seconds} s)\n\n${excerpt(result.output)}`
    case 'cancelled':
      return `Task cancelled: ${task.description} (${task.id})`
    default: {
      const cause = result.error === undefined ? '' : `\n\n${result.error.message}`
      return `Task failed ❌ ${task.description} (${task.id}, ${seconds} s)${cause}`
    }
  }
}

/** The beginning of a report; of a command's output the end, where the outcome stands. */
function excerpt(output: unknown): string {
  const text = (typeof output === 'string' ? output : JSON.stringify(output ?? '')).trim()
  if (text.length <= EXCERPT) return text
  const isReport = text.startsWith('#')
  return isReport ? `${text.slice(0, EXCERPT)}…` : `…${text.slice(-EXCERPT)}`
}
