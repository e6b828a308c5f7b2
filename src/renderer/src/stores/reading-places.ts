import type { ConversationId, MessageId } from '../../../shared/model/ids.js'

/** The message at the top of what a reader sees, and how much of it is above that, in px. */
export interface ReadingPlace {
  readonly messageId: MessageId
  readonly above: number
}

const places = new Map<ConversationId, ReadingPlace>()

/** Where a reader left a conversation; null at its end, where new messages are followed. */
export function readingPlaceOf(conversationId: ConversationId): ReadingPlace | null {
  return places.get(conversationId) ?? null
}

export function keepReadingPlace(conversationId: ConversationId, place: ReadingPlace | null): void {
  if (place === null) places.delete(conversationId)
  else places.set(conversationId, place)
}
