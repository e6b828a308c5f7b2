import { expect, it } from 'vitest'
import { ConversationId, MailId, MessageId, TaskId } from '../../../shared/model/ids.js'
import type { MailView } from '../../../shared/model/mail.js'
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

it('speaks mail for the person', () => {
  const mailId = MailId.parse('mail_a')
  const mail: MailView = {
    ...{ mailId, threadId: mailId, replyTo: null, from: 'anna', to: 'user', subject: 'The plan' },
    ...{ body: '', priority: 'normal', state: 'unread', createdAt: 1, expiresAt: null },
    ...{ readAt: null, handledAt: null, awaitsReply: false, taskId: null, error: null },
  }
  const to = (agentId: string): HostEvent => {
    return {
      name: 'mail.received',
      params: { sessionId: 's', agentId, mailId, mail, seq: 1, at: 1 },
    }
  }
  expect(announcementOf(to('user'), null, () => '')).toBe('Mail from anna: The plan')
  expect(announcementOf(to('ben'), null, () => '')).toBeNull()
})
