import { describe, expect, it } from 'vitest'
import type { ChatMessage } from '../../../shared/model/chat.js'
import { ConversationId, MessageId } from '../../../shared/model/ids.js'
import type { EventName } from '../../../shared/rpc/contract.js'
import type { HostEvent, HostEventOf } from './host-event.js'
import {
  type MessagesState,
  messageIn,
  quietened,
  reduceMessages,
  withNewestPage,
  withOlderPage,
} from './messages.js'

const conversationId = ConversationId.parse('conv_a')
const EMPTY: MessagesState = { threads: {} }

function message(order: number, change: Partial<ChatMessage> = {}): ChatMessage {
  return {
    messageId: MessageId.parse(`msg_${order}`),
    conversationId,
    role: 'user',
    text: `text ${order}`,
    state: 'complete',
    createdAt: 1000 + order,
    order,
    ...change,
  }
}

function event<E extends EventName>(name: E, params: HostEventOf<E>['params']): HostEvent {
  return { name, params } as HostEvent
}

function told(seq: number, chatMessage: ChatMessage): HostEvent {
  return event('chat.message', { ...chatMessage, seq, at: chatMessage.createdAt })
}

function delta(order: number, offset: number, text: string): HostEvent {
  const { messageId } = message(order)
  return event('chat.delta', { conversationId, messageId, offset, text, at: 2000 })
}

function run(state: MessagesState, ...events: HostEvent[]): MessagesState {
  return events.reduce(reduceMessages, state)
}

function texts(state: MessagesState): readonly string[] {
  const thread = state.threads[conversationId]
  return thread?.order.map((id) => messageIn(thread, id)?.text ?? '') ?? []
}

describe('messages', () => {
  it('puts streamed text at its offset, and the final message in its place', () => {
    const streaming = run(EMPTY, delta(1, 0, 'Hel'), delta(1, 3, 'lo'), delta(1, 3, 'p!'))
    expect(texts(streaming)).toEqual(['Help!'])
    const done = run(streaming, told(7, message(1, { role: 'assistant', text: 'Hello.' })))
    expect(texts(done)).toEqual(['Hello.'])
    expect(texts(run(done, delta(1, 0, 'late')))).toEqual(['Hello.'])
  })

  it('marks the thread as stale when text was missed', () => {
    const state = run(EMPTY, delta(1, 5, 'later'))
    expect(state.threads[conversationId]?.stale).toBe(true)
    const healed = withNewestPage(state, conversationId, {
      messages: [message(1, { role: 'assistant', state: 'streaming', text: 'much later' })],
      nextCursor: null,
      seq: 3,
    })
    expect(healed.threads[conversationId]).toMatchObject({ stale: false, loaded: true })
    expect(texts(run(healed, delta(1, 10, '!')))).toEqual(['much later!'])
  })

  it('orders by the order the host gives, also when a queued message moves', () => {
    const queued = message(2, { state: 'queued', order: 1000 })
    const state = run(EMPTY, told(1, message(1)), told(2, queued), delta(3, 0, 'reply'))
    expect(texts(state)).toEqual(['text 1', 'reply', 'text 2'])
    const next = run(
      state,
      told(3, message(3, { role: 'assistant', text: 'reply', order: 2 })),
      told(4, message(2, { order: 3 })),
      told(5, message(4, { order: 4 })),
    )
    expect(texts(next)).toEqual(['text 1', 'reply', 'text 2', 'text 4'])
  })

  it('forgets a queued message that was taken back', () => {
    const queued = message(2, { state: 'queued' })
    const { messageId } = queued
    const gone = event('chat.removed', { conversationId, messageId, seq: 3, at: 3 })
    expect(texts(run(EMPTY, told(1, message(1)), told(2, queued), gone))).toEqual(['text 1'])
  })

  it('ignores news that is older than what it knows', () => {
    const state = run(EMPTY, told(9, message(1, { text: 'new' })), told(4, message(1)))
    expect(texts(state)).toEqual(['new'])
    const page = { messages: [message(1)], nextCursor: null, seq: 8 }
    expect(texts(withNewestPage(state, conversationId, page))).toEqual(['new'])
    const later = { ...page, seq: 9 }
    expect(texts(withNewestPage(state, conversationId, later))).toEqual(['text 1'])
  })

  it('keeps the longer of two partial texts', () => {
    const state = run(EMPTY, delta(1, 0, 'already here'))
    const page = {
      messages: [message(1, { role: 'assistant', state: 'streaming', text: 'already' })],
      nextCursor: null,
      seq: 2,
    }
    expect(texts(withNewestPage(state, conversationId, page))).toEqual(['already here'])
  })

  it('joins pages, and begins anew where they do not meet', () => {
    const first = withNewestPage(EMPTY, conversationId, {
      messages: [message(3), message(4)],
      nextCursor: 'three',
      seq: 4,
    })
    const both = withOlderPage(first, conversationId, {
      messages: [message(1), message(2)],
      nextCursor: null,
      seq: 4,
    })
    expect(texts(both)).toEqual(['text 1', 'text 2', 'text 3', 'text 4'])
    expect(both.threads[conversationId]?.olderCursor).toBeNull()

    const touching = { messages: [message(4), message(5)], nextCursor: 'four', seq: 6 }
    const joined = withNewestPage(both, conversationId, touching)
    expect(texts(joined)).toHaveLength(5)
    expect(joined.threads[conversationId]?.olderCursor).toBeNull()

    const apart = { messages: [message(90)], nextCursor: 'ninety', seq: 99 }
    const anew = withNewestPage(both, conversationId, apart)
    expect(texts(anew)).toEqual(['text 90'])
    expect(anew.threads[conversationId]?.olderCursor).toBe('ninety')
  })

  it('lets a retry speak anew into a message that failed', () => {
    const failed = message(1, {
      role: 'assistant',
      state: 'failed',
      error: { code: 'provider_error', message: 'overloaded', retryable: true },
    })
    const state = run(EMPTY, told(1, failed), delta(1, 0, 'Again'))
    const retried = messageIn(state.threads[conversationId], failed.messageId)
    expect(retried).toMatchObject({ state: 'streaming', text: 'Again' })
    expect(retried?.error).toBeUndefined()
  })

  it('knows who speaks, until the turn or the connection ends', () => {
    const { messageId } = message(1)
    const activity = { conversationId, at: 1 }
    const state = run(
      EMPTY,
      event('chat.activity', { ...activity, busy: true, messageId, detail: 'Reading' }),
    )
    expect(state.threads[conversationId]).toMatchObject({
      speaking: messageId,
      activity: 'Reading',
    })
    const ended = run(state, event('chat.activity', { ...activity, busy: false }))
    expect(ended.threads[conversationId]).toMatchObject({ speaking: null, activity: null })
    expect(quietened(state).threads[conversationId]?.speaking).toBeNull()
  })

  it('keeps the newest messages alone of a conversation that nobody has opened', () => {
    const many = Array.from({ length: 450 }, (_, n) => told(n, message(n)))
    const state = run(EMPTY, ...many)
    expect(texts(state).length).toBeLessThanOrEqual(200)
    expect(texts(state).at(-1)).toBe('text 449')
    const page = { messages: [message(448), message(449)], nextCursor: 'c', seq: 450 }
    const opened = withNewestPage(state, conversationId, page)
    expect(opened.threads[conversationId]?.olderCursor).toBe('c')
  })

  it('changes one object for each word, however long the thread is', () => {
    const before = run(EMPTY, told(1, message(1)), delta(2, 0, 'a'))
    const after = run(before, delta(2, 1, 'b'))
    const [old, now] = [before, after].map((state) => state.threads[conversationId])
    expect(texts(after)).toEqual(['text 1', 'ab'])
    expect(now?.byId).toBe(old?.byId)
    expect(now?.order).toBe(old?.order)
    expect(texts(run(after, delta(3, 0, 'next')))).toEqual(['text 1', 'ab', 'next'])
  })

  it('forgets a conversation that was deleted', () => {
    const state = run(
      EMPTY,
      told(1, message(1)),
      event('chat.changed', { conversationId, change: 'deleted', title: '', seq: 2, at: 2 }),
    )
    expect(state).toEqual(EMPTY)
  })
})
