import { expect, it } from 'vitest'
import { ConversationId, MessageId } from '../../../shared/model/ids.js'
import { giveUp, leadTo, useChatView } from './chat-view.js'

it('gives up a target that cannot be reached, and no other one', () => {
  const conversationId = ConversationId.parse('conv_1')
  const first = { conversationId, messageId: MessageId.parse('msg_1'), order: 1 }
  const second = { ...first, order: 2 }
  leadTo(first)
  leadTo(second)
  giveUp(first)
  expect(useChatView.getState().target).toBe(second)
  giveUp(second)
  expect(useChatView.getState().target).toBeNull()
})
