import { describe, expect, it } from 'vitest'
import type { Blocker } from '../../../shared/model/blocker.js'
import { BlockerId, ConversationId, TaskId } from '../../../shared/model/ids.js'
import { NO_ANSWERS } from './answers.js'
import {
  blockersFrom,
  NO_BLOCKERS,
  openCount,
  pendingQuestions,
  reduceBlockers,
  standingOf,
} from './blockers.js'
import type { HostEvent } from './host-event.js'

const id = BlockerId.parse('blk_a')
const taskId = TaskId.parse('task_a')
const conversationId = ConversationId.parse('conv_a')

function blocker(change: Partial<Blocker> = {}): Blocker {
  return {
    id,
    taskId,
    kind: 'sync',
    source: 'agent',
    question: 'Which colour?',
    options: [],
    state: 'open',
    createdAt: 10,
    ...change,
  }
}

function event(name: 'created' | 'resolved' | 'expired', of: Blocker, seq: number): HostEvent {
  return { name: `blocker.${name}`, params: { taskId, blocker: of, seq, at: 20 } }
}

const resolved = blocker({ state: 'resolved', answer: 'Blue' })

describe('questions to the person', () => {
  it('are open from the event that tells of them to the one that tells their answer', () => {
    const asked = reduceBlockers(NO_BLOCKERS, event('created', blocker(), 1))
    expect(pendingQuestions(asked, NO_ANSWERS)).toEqual([blocker()])
    expect(openCount(asked)).toBe(1)
    const answered = reduceBlockers(asked, event('resolved', resolved, 2))
    expect(pendingQuestions(answered, NO_ANSWERS)).toEqual([])
    expect(openCount(answered)).toBe(0)
  })

  it('are taken as they were read, and nothing older changes them', () => {
    const read = blockersFrom([blocker()], 5)
    expect(reduceBlockers(read, event('resolved', resolved, 5))).toBe(read)
    expect(openCount(reduceBlockers(read, event('resolved', resolved, 6)))).toBe(0)
  })

  it('stand oldest first, all or those of a task or a conversation', () => {
    const late = blocker({ id: BlockerId.parse('blk_b'), createdAt: 30, conversationId })
    const other = blocker({ id: BlockerId.parse('blk_c'), taskId: TaskId.parse('task_b') })
    const state = blockersFrom([late, other, blocker()], 1)
    const ids = (where: Parameters<typeof pendingQuestions>[2]) =>
      pendingQuestions(state, NO_ANSWERS, where).map((each) => each.id)
    expect(ids({})).toEqual(['blk_a', 'blk_c', 'blk_b'])
    expect(ids({ taskId })).toEqual(['blk_a', 'blk_b'])
    expect(ids({ conversationId })).toEqual(['blk_b'])
  })

  it('stay in sight when they ended otherwise than the person was about to say', () => {
    const typed = { drafts: { [id]: 'Red ' }, sent: {} }
    expect(standingOf(blocker(), typed)).toBe('open')
    expect(standingOf(resolved, typed)).toBe('missed')
    expect(standingOf(blocker({ state: 'expired' }), typed)).toBe('missed')
    expect(standingOf(resolved, { drafts: {}, sent: {} })).toBe('done')
  })

  it('are done when the answer that won is the one that was sent here', () => {
    const sent = { drafts: { [id]: 'Blue\n' }, sent: { [id]: { text: 'Blue', error: null } } }
    expect(standingOf(resolved, sent)).toBe('done')
    const refused = { drafts: {}, sent: { [id]: { text: 'Red', error: 'too late' } } }
    expect(standingOf(resolved, refused)).toBe('missed')
  })
})
