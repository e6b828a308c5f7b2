import { describe, expect, it } from 'vitest'
import { ConversationId } from '../../../shared/model/ids.js'
import {
  conversationsFrom,
  NO_CONVERSATIONS,
  newestFirst,
  reduceConversations,
} from './conversations.js'
import type { HostEvent } from './host-event.js'

const a = ConversationId.parse('conv_a')
const b = ConversationId.parse('conv_b')

function changed(
  conversationId: ConversationId,
  change: 'created' | 'renamed' | 'deleted',
  title: string,
  at: number,
): HostEvent {
  return { name: 'chat.changed', params: { conversationId, change, title, seq: at, at } }
}

describe('conversations', () => {
  it('creates, renames, deletes, and shows the newest first', () => {
    const state = [
      changed(a, 'created', 'First', 1),
      changed(b, 'created', 'Second', 2),
      changed(a, 'renamed', 'Renamed', 3),
    ].reduce(reduceConversations, NO_CONVERSATIONS)
    expect(newestFirst(state).map((one) => one.title)).toEqual(['Second', 'Renamed'])
    const left = reduceConversations(state, changed(b, 'deleted', '', 4))
    expect(newestFirst(left).map((one) => one.conversationId)).toEqual([a])
    expect(reduceConversations(left, changed(b, 'deleted', '', 5))).toBe(left)
  })

  it('knows which are busy, and changes nothing where nothing changed', () => {
    const state = conversationsFrom([
      { conversationId: a, title: 'A', workspace: '/w', createdAt: 1, updatedAt: 1, busy: false },
    ])
    const busy: HostEvent = {
      name: 'chat.activity',
      params: { conversationId: a, busy: true, at: 2 },
    }
    const next = reduceConversations(state, busy)
    expect(next.byId[a]?.busy).toBe(true)
    expect(reduceConversations(next, busy)).toBe(next)
  })
})
