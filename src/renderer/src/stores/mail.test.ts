import { describe, expect, it } from 'vitest'
import { MailId } from '../../../shared/model/ids.js'
import type { MailView } from '../../../shared/model/mail.js'
import type { HostEvent } from './host-event.js'
import {
  type MailState,
  NO_MAIL,
  newestThreads,
  reduceMail,
  unreadCount,
  withInbox,
  withNewestThreads,
  withOlderThreads,
} from './mail.js'

const threadId = MailId.parse('mail_a')
const answerId = MailId.parse('mail_b')

function mail(change: Partial<MailView> = {}): MailView {
  return {
    mailId: threadId,
    threadId,
    replyTo: null,
    from: 'user',
    to: 'anna',
    subject: 'Hello',
    body: 'How are you?',
    priority: 'normal',
    state: 'unread',
    createdAt: 10,
    expiresAt: null,
    readAt: null,
    handledAt: null,
    awaitsReply: false,
    taskId: null,
    error: null,
    ...change,
  }
}

const answer = mail({
  mailId: answerId,
  replyTo: threadId,
  from: 'anna',
  to: 'user',
  createdAt: 20,
})

function told(
  name: 'mail.received' | 'mail.updated',
  view: MailView,
  seq: number,
  sessionId = 'main',
): HostEvent {
  const params = { sessionId, agentId: view.to, mailId: view.mailId, mail: view, seq, at: seq }
  return { name, params }
}

const read: MailState = withNewestThreads(NO_MAIL, 'main', {
  threads: [{ last: mail(), count: 1 }],
  nextCursor: null,
  seq: 5,
})

describe('threads of mail', () => {
  it('grow with each mail, and show how the last one stands', () => {
    const grown = reduceMail(read, told('mail.received', answer, 6))
    expect(newestThreads(grown)).toEqual([{ last: answer, count: 2 }])
    const handled = { ...answer, state: 'handled' } as const
    expect(newestThreads(reduceMail(grown, told('mail.updated', handled, 7)))).toEqual([
      { last: handled, count: 2 },
    ])
    const first = reduceMail(grown, told('mail.updated', mail({ state: 'replied' }), 7))
    expect(newestThreads(first)).toEqual(newestThreads(grown))
    expect(first.touched).toEqual({ [threadId]: 7 })
  })

  it('are not changed by what was known when they were read, nor by another session', () => {
    expect(reduceMail(read, told('mail.received', answer, 5)).threads).toBe(read.threads)
    expect(reduceMail(read, told('mail.received', answer, 6, 'other')).threads).toBe(read.threads)
  })

  it('stand newest first, older pages behind what was told since', () => {
    const old = mail({ mailId: answerId, threadId: answerId, createdAt: 1 })
    const page = { threads: [{ last: old, count: 1 }], nextCursor: null, seq: 6 }
    const all = withOlderThreads(read, 'main', page)
    expect(newestThreads(all).map(({ last }) => last.createdAt)).toEqual([10, 1])
    expect(withOlderThreads(read, 'other', page)).toBe(read)
  })
})

describe('mail for the person', () => {
  it('counts until it is handled, in every session', () => {
    const here = reduceMail(read, told('mail.received', answer, 6))
    const other = mail({ mailId: MailId.parse('mail_c'), from: 'ben', to: 'user' })
    const both = reduceMail(here, told('mail.received', other, 7, 'other'))
    expect([unreadCount(both), unreadCount(both, 'main')]).toEqual([2, 1])
    const done = { ...answer, state: 'handled' } as const
    expect(unreadCount(reduceMail(both, told('mail.updated', done, 8)))).toBe(1)
    expect(unreadCount(reduceMail(read, told('mail.received', mail(), 6)))).toBe(0)
  })

  it('is taken as the inbox of a session was read', () => {
    const read = withInbox({ ...NO_MAIL, forUser: { [threadId]: 'main' } }, 'main', [answer])
    expect(read.forUser).toEqual({ [answerId]: 'main' })
    expect(withInbox(read, 'other', []).forUser).toEqual({ [answerId]: 'main' })
  })
})
