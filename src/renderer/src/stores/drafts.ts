import type { ConversationId } from '../../../shared/model/ids.js'
import { remember, remembered } from './storage.js'

/** What was typed and not yet accepted by the host, per conversation; null is the empty chat. */
export function draftOf(conversationId: ConversationId | null): string {
  return remembered(nameOf(conversationId)) ?? ''
}

export function keepDraft(conversationId: ConversationId | null, text: string): void {
  remember(nameOf(conversationId), text === '' ? null : text)
}

/**
 * What stays in the field when the host has accepted `sent`: text that was typed meanwhile behind
 * it, or everything where the field no longer begins with it.
 */
export function draftAfterSending(field: string, sent: string): string {
  return field.startsWith(sent) ? field.slice(sent.length).replace(/^\n/, '') : field
}

function nameOf(conversationId: ConversationId | null): string {
  return `draft.${conversationId ?? 'new'}`
}
