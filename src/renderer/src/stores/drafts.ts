import type { CommentId, ConversationId, MessageId, TaskId } from '../../../shared/model/ids.js'
import { namesAfter, remember, remembered } from './storage.js'

/** What was typed and not yet accepted by the host, per conversation; null is the empty chat. */
export function draftOf(conversationId: ConversationId | null): string {
  return remembered(nameOf(conversationId)) ?? ''
}

export function keepDraft(conversationId: ConversationId | null, text: string): void {
  remember(nameOf(conversationId), text === '' ? null : text)
}

/** A line that a comment is about. */
export interface LinePlace {
  readonly path: string
  readonly line: number
  readonly side: 'old' | 'new'
}

/** Under which a comment is kept that the host has not accepted yet. */
export function nameOfLine(taskId: TaskId, { path, line, side }: LinePlace): string {
  return `draft.line.${taskId}.${side}.${line}.${path}`
}

/** The lines of a task to which something was written that was not accepted yet. */
export function linesWithDrafts(taskId: TaskId): readonly LinePlace[] {
  return namesAfter(`draft.line.${taskId}.`).flatMap((name) => placeIn(name) ?? [])
}

/** From `side.line.path`. */
export function placeIn(name: string): LinePlace | null {
  const [, side, line, path] = /^(old|new)\.(\d+)\.(.+)$/s.exec(name) ?? []
  if (path === undefined) return null
  return { path, line: Number(line), side: side === 'old' ? 'old' : 'new' }
}

/** Under which the new text of a comment is kept that the host has not accepted yet. */
export function nameOfComment(commentId: CommentId): string {
  return `draft.comment.${commentId}`
}

/** Under which other words for a message are kept that the host has not accepted yet. */
export function nameOfEdit(messageId: MessageId): string {
  return `draft.edit.${messageId}`
}

/** Under which a message to a running task is kept that the host has not accepted yet. */
export function nameOfTaskMessage(taskId: TaskId): string {
  return `draft.task.${taskId}`
}

/**
 * What stays in the field when the host has accepted `sent`: text that was typed meanwhile behind
 * it, or everything where the field no longer begins with it.
 */
export function draftAfterSending(field: string, sent: string): string {
  return field.startsWith(sent) ? field.slice(sent.length).replace(/^\n/, '') : field
}

/** The host has accepted a text of a conversation that is not in the field. */
export function dropSent(conversationId: ConversationId, sent: string): void {
  keepDraft(conversationId, draftAfterSending(draftOf(conversationId), sent))
}

function nameOf(conversationId: ConversationId | null): string {
  return `draft.${conversationId ?? 'new'}`
}
