import { describe, expect, it } from 'vitest'
import { ConversationId, MessageId } from '../../shared/model/ids.js'
import { coalesced, EventBatch } from './event-batch.js'
import type { HostEvent } from './stores/host-event.js'

const conversationId = ConversationId.parse('conv_a')

function delta(id: string, offset: number, text: string): HostEvent {
  const messageId = MessageId.parse(id)
  return { name: 'chat.delta', params: { conversationId, messageId, offset, text, at: 1 } }
}

describe('a batch of events', () => {
  it('joins text that follows, and nothing else', () => {
    const events = [
      delta('msg_a', 0, 'a'),
      delta('msg_a', 1, 'b'),
      delta('msg_a', 9, 'gap'),
      delta('msg_b', 12, 'other'),
    ]
    expect(coalesced(events)).toEqual([
      delta('msg_a', 0, 'ab'),
      delta('msg_a', 9, 'gap'),
      delta('msg_b', 12, 'other'),
    ])
  })

  it('hands over once per turn of the schedule, or at once when it is flushed', () => {
    const applied: number[] = []
    const waiting: Array<() => void> = []
    const batch = new EventBatch(
      (events) => applied.push(events.length),
      (run) => {
        waiting.push(run)
        return () => waiting.splice(waiting.indexOf(run), 1)
      },
    )
    batch.push(delta('msg_a', 0, 'a'))
    batch.push(delta('msg_b', 0, 'b'))
    expect(waiting).toHaveLength(1)
    waiting[0]?.()
    expect(applied).toEqual([2])

    batch.push(delta('msg_a', 1, 'c'))
    batch.flush()
    expect(applied).toEqual([2, 1])
    expect(waiting).toHaveLength(0)
  })
})
