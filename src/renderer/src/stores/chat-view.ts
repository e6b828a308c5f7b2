import { create } from 'zustand'
import type { ConversationId, MessageId, TaskId } from '../../../shared/model/ids.js'

/** A message that is to be brought into sight; `order` leads to it where it is not loaded. */
export interface MessageTarget {
  readonly conversationId: ConversationId
  readonly messageId: MessageId
  readonly order: number | null
}

export interface ChatViewState {
  /** A message of one's own that is being said differently. */
  readonly editing: MessageId | null
  readonly target: MessageTarget | null
  /** What is looked for in the conversation that is shown; null while the bar is closed. */
  readonly finding: string | null
  /** Tasks that have ended and whose card was seen since. */
  readonly seenEnds: ReadonlySet<TaskId>
}

export const useChatView = create<ChatViewState>(() => ({
  editing: null,
  target: null,
  finding: null,
  seenEnds: new Set(),
}))

export function editMessage(editing: MessageId | null): void {
  useChatView.setState({ editing })
}

/** Brings a message into sight, in its conversation once that is shown. */
export function leadTo(target: MessageTarget | null): void {
  useChatView.setState({ target })
}

/** For a target that cannot be reached; what was asked for since is still led to. */
export function giveUp(target: MessageTarget): void {
  useChatView.setState((view) => (view.target === target ? { target: null } : {}))
}

export function lookFor(finding: string | null): void {
  useChatView.setState({ finding })
}

export function noteEndSeen(taskId: TaskId): void {
  useChatView.setState(({ seenEnds }) =>
    seenEnds.has(taskId) ? {} : { seenEnds: new Set([...seenEnds, taskId]) },
  )
}
