import { describe, expect, it } from 'vitest'
import { queueProjection } from '../../../../test/support/queue-projection.js'
import { TaskId } from '../../../shared/model/ids.js'
import type { TaskView, WaitingFor } from '../../../shared/model/task.js'
import { mayRunNow, NO_QUEUE, reduceQueue, waitOf } from './queue.js'

function pending(waitingFor?: WaitingFor): TaskView {
  return {
    id: TaskId.parse('task_a'),
    type: 'build',
    description: 'Build',
    agentType: 'runner',
    workspace: '/w',
    priority: 5,
    state: 'pending',
    progress: 0,
    steps: [],
    attempt: 0,
    maxAttempts: 1,
    createdAt: 10,
    ...(waitingFor ? { waitingFor } : {}),
  }
}

describe('why a task waits', () => {
  it('believes the reason of its own', () => {
    const own: WaitingFor = { reason: 'dependency', detail: 'Waits for task_b', since: 1 }
    expect(waitOf(pending(own), queueProjection({ heldBackBy: ['paused'] }))).toBe(own)
  })

  it('looks up a queue-wide reason, most telling first', () => {
    const held = queueProjection({ heldBackBy: ['cpu', 'paused'] })
    expect(waitOf(pending(), held)).toMatchObject({ reason: 'paused', detail: null })
    expect(waitOf(pending(), queueProjection())).toBeNull()
  })

  it('drops a queue-wide reason that no longer holds', () => {
    const old: WaitingFor = { reason: 'cpu', detail: 'CPU is at 90 %', since: 1 }
    const state = queueProjection({ heldBackBy: ['limit'] })
    expect(waitOf(pending(old), state)?.reason).toBe('limit')
    expect(waitOf({ ...pending(old), state: 'running' }, state)).toBeNull()
  })

  it('believes in a limit on one type as long as those tasks run', () => {
    const blockedBy = [TaskId.parse('task_b')]
    const own: WaitingFor = { reason: 'limit', detail: '1 of 1 builds', blockedBy, since: 1 }
    const held = { heldBackBy: ['cpu' as const] }
    expect(waitOf(pending(own), queueProjection({ ...held, running: blockedBy }))).toBe(own)
    expect(waitOf(pending(own), queueProjection(held))?.reason).toBe('cpu')
  })

  it('leaves figures of any age out, and keeps since when it waits', () => {
    const old: WaitingFor = { reason: 'cpu', detail: 'CPU is at 99 %', since: 3 }
    const held = queueProjection({ heldBackBy: ['cpu'] })
    expect(waitOf(pending(old), held)).toEqual({ reason: 'cpu', detail: null, since: 3 })
  })

  it('offers to run now only where that overrides something', () => {
    expect(mayRunNow('cpu')).toBe(true)
    expect(mayRunNow('dependency')).toBe(false)
  })
})

describe('the queue', () => {
  it('takes the whole state from one event, and live readings in between', () => {
    const { queue } = queueProjection()
    if (queue === null) throw new Error('the projection has a queue')
    const changed = reduceQueue(NO_QUEUE, {
      name: 'queue.changed',
      params: { ...queue, seq: 1, at: 1 },
    })
    expect(changed).toEqual(queueProjection())
    const live = reduceQueue(changed, {
      name: 'system.machine',
      params: { cpu: 12, memory: 34, at: 2 },
    })
    expect(live.machine).toEqual({ cpu: 12, memory: 34 })
    expect(live.queue).toBe(changed.queue)
  })
})
