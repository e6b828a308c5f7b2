import { describe, expect, it } from 'vitest'
import { ConversationId, MessageId } from '../../shared/model/ids.js'
import { besideTyping, coalesced, EventBatch, type Schedule } from './event-batch.js'
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

describe('beside typing', () => {
  function frames() {
    const waiting = new Set<() => void>()
    const schedule: Schedule = (run) => {
      waiting.add(run)
      return () => waiting.delete(run)
    }
    const next = () => {
      const due = [...waiting]
      waiting.clear()
      for (const run of due) run()
    }
    return { schedule, next, waiting }
  }

  it('leaves one frame to the key, and takes the next however fast somebody types', () => {
    const { schedule, next } = frames()
    let ran = 0
    const whenFree = besideTyping(schedule, () => 2)
    whenFree(() => ran++)
    next()
    expect(ran).toBe(0)
    next()
    expect(ran).toBe(1)
  })

  it('comes with the next frame where nobody types', () => {
    const { schedule, next } = frames()
    let ran = 0
    besideTyping(schedule, () => 60)(() => ran++)
    next()
    expect(ran).toBe(1)
  })

  it('is taken back before the first frame as after it', () => {
    const { schedule, next, waiting } = frames()
    const whenFree = besideTyping(schedule, () => 2)
    whenFree(() => expect.fail('was taken back'))()
    const cancel = whenFree(() => expect.fail('was taken back'))
    next()
    cancel()
    next()
    expect(waiting.size).toBe(0)
  })
})
