import { lookFor, useChatView } from '../../stores/chat-view.js'
import { useConversations } from '../../stores/conversations.js'
import { showConversation, useView } from '../../stores/view.js'
import { currentText } from '../../text/text.js'
import { failed } from '../../ui/failure.js'
import { focusPane } from '../focus-pane.js'
import type { Command } from './command.js'

/** The conversation that is shown, where the assistant speaks in it. */
function speakingIn() {
  const { conversationId } = useView.getState()
  if (conversationId === null) return null
  return useConversations.getState().byId[conversationId]?.busy ? conversationId : null
}

export const chatCommands: readonly Command[] = [
  {
    id: 'chat.new',
    group: 'chat',
    title: (text) => text.commands.newChat,
    run: () => showConversation(null),
  },
  {
    id: 'chat.stop',
    group: 'chat',
    title: (text) => text.commands.stopReply,
    enabled: () => speakingIn() !== null,
    run: (host) => {
      const conversationId = speakingIn()
      if (conversationId === null) return
      host.call('chat.stop', { conversationId }).catch(failed(currentText().commands.notStopped))
    },
  },
  {
    id: 'chat.write',
    group: 'chat',
    title: (text) => text.commands.writeMessage,
    run: () => focusPane('chat'),
  },
  {
    id: 'chat.find',
    group: 'chat',
    title: (text) => text.commands.findInChat,
    enabled: () => useView.getState().area === 'chat' && useView.getState().conversationId !== null,
    run: () => lookFor(useChatView.getState().finding ?? ''),
  },
]
