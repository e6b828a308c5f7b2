import { expect, it } from 'vitest'
import type { Blocker } from '../../../shared/model/blocker.js'
import {
  BlockerId,
  ConversationId,
  MailId,
  MessageId,
  PlanId,
  TaskId,
} from '../../../shared/model/ids.js'
import type { MailView } from '../../../shared/model/mail.js'
import type { Plan } from '../../../shared/model/plan.js'
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

it('speaks what waits for the person', () => {
  const taskId = TaskId.parse('task_a')
  const blocker: Blocker = {
    ...{ id: BlockerId.parse('blk_a'), taskId, kind: 'sync', source: 'agent', options: [] },
    ...{ question: 'Which colour?', state: 'open', createdAt: 1 },
  }
  const asked: HostEvent = { name: 'blocker.created', params: { taskId, blocker, seq: 1, at: 1 } }
  expect(announcementOf(asked, null, () => 'Paint')).toBe('Question of Paint: Which colour?')
  const planned = (state: Plan['state']): HostEvent => {
    const id = PlanId.parse('plan_a')
    const plan: Plan = { id, taskId, round: 1, state, goal: 'Paint it', parts: [], createdAt: 1 }
    return { name: 'plan.updated', params: { taskId, plan, seq: 2, at: 2 } }
  }
  const told = 'A plan waits for your approval: Paint it'
  expect(announcementOf(planned('proposed'), null, () => '')).toBe(told)
  expect(announcementOf(planned('running'), null, () => '')).toBeNull()
})
