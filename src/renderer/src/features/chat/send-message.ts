import type { ConversationId } from '../../../../shared/model/ids.js'
import type { Host } from '../../app/host.js'
import { showConversation, useView } from '../../stores/view.js'

/**
 * Hands a message to the host; without a conversation it begins one and opens it. `created` hears
 * the new id before the message is sent. @throws AppError
 */
export async function sendMessage(
  host: Host,
  conversationId: ConversationId | null,
  text: string,
  created?: (id: ConversationId) => void,
): Promise<ConversationId> {
  const id = conversationId ?? (await host.call('chat.create', {})).conversationId
  if (conversationId === null) {
    created?.(id)
    if (useView.getState().conversationId === null) showConversation(id)
  }
  await host.call('chat.send', { conversationId: id, text })
  return id
}
