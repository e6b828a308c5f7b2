import { expect, it } from 'vitest'
import { ConversationId, MessageId, TaskId } from '../../../shared/model/ids.js'
import type { HostEvent } from '../stores/host-event.js'
import { announcementOf } from './announcements.js'

const conversationId = ConversationId.parse('conv_a')

function reply(text: string): HostEvent {
  return {
    name: 'chat.message',
    params: {
      messageId: MessageId.parse('msg_a'),
      conversationId,
      role: 'assistant',
      state: 'complete',
      text,
      createdAt: 1,
      order: 1,
      seq: 1,
      at: 1,
    },
  }
}

it('speaks the ends of tasks and the replies of the chat that is shown', () => {
  const cancelled: HostEvent = {
    name: 'task.cancelled',
    params: {
      taskId: TaskId.parse('task_a'),
      error: { code: 'cancelled', message: '' },
      result: {
        success: false,
        output: null,
        metrics: { duration: 0, tokensUsed: 0, agentsInvolved: [] },
      },
      seq: 1,
      at: 1,
    },
  }
  const nameOf = () => 'Run the tests'
  expect(announcementOf(cancelled, null, nameOf)).toBe('Task cancelled: Run the tests')
  expect(announcementOf(reply('**Hello**'), conversationId, nameOf)).toBe('Assistant: Hello')
  expect(announcementOf(reply('Hello'), null, nameOf)).toBeNull()
})
