import { create } from 'zustand'
import type { TaskId } from '../../../shared/model/ids.js'
import type { TaskMessage } from '../../../shared/model/task-message.js'
import type { HostEvent } from './host-event.js'

/** What was said to tasks while they ran, oldest first, as far as it was read or told of. */
export type TaskMessagesState = Readonly<Record<TaskId, readonly TaskMessage[]>>

export const useTaskMessages = create<TaskMessagesState>(() => ({}))

export function reduceTaskMessages(state: TaskMessagesState, event: HostEvent): TaskMessagesState {
  if (event.name !== 'task.message') return state
  return withMessages(state, event.params.taskId, [event.params.message])
}

/** What was read once stays read: a page that was asked for before may come later. */
export function withMessages(
  state: TaskMessagesState,
  taskId: TaskId,
  messages: readonly TaskMessage[],
): TaskMessagesState {
  const byId = new Map((state[taskId] ?? []).map((message) => [message.id, message]))
  for (const message of messages) {
    const readAt = message.readAt ?? byId.get(message.id)?.readAt ?? null
    byId.set(message.id, { ...message, readAt })
  }
  return { ...state, [taskId]: [...byId.values()].sort((a, b) => a.id - b.id) }
}
