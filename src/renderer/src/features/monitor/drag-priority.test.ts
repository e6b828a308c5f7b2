import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TaskId } from '../../../../shared/model/ids.js'
import { inLine } from '../../../../shared/model/task-order.js'
import { placementAt } from './drag-priority.js'

const queued = (id: string, priority: number, createdAt: number) => ({
  id: id as TaskId,
  priority,
  createdAt,
  attempt: 0,
})

describe('where a waiting task is dropped', () => {
  it('gets the priority that puts it there, changing as little as needed', () => {
    const line = [queued('a', 8, 1), queued('b', 5, 2), queued('c', 2, 3)]
    expect(placementAt(queued('new', 5, 9), line, 0)).toEqual({ priority: 9, index: 0 })
    expect(placementAt(queued('new', 5, 9), line, 1)).toEqual({ priority: 6, index: 1 })
    expect(placementAt(queued('new', 5, 9), line, 2)).toEqual({ priority: 5, index: 2 })
    expect(placementAt(queued('new', 5, 9), line, 3)).toEqual({ priority: 2, index: 3 })
  })

  it('comes as near as the order of submission lets it', () => {
    const line = [queued('a', 5, 1), queued('b', 5, 2), queued('c', 5, 3)]
    const placed = placementAt(queued('new', 5, 9), line, 1)
    expect([0, 3]).toContain(placed.index)
  })

  it('passes those that have waited for long by as much as their wait is worth', () => {
    const minutes = 60_000
    const line = [queued('old', 1, 0), queued('urgent', 5, 21 * minutes)]
    const task = queued('new', 1, 22 * minutes)
    expect(placementAt(task, line, 0)).toEqual({ priority: 6, index: 0 })
    expect(placementAt(task, line, 1)).toEqual({ priority: 1, index: 2 })
  })

  it('tells the place at which it will stand', () => {
    const one = fc.record({
      priority: fc.integer({ min: 1, max: 10 }),
      createdAt: fc.integer({ min: 0, max: 20 }),
      attempt: fc.constant(0),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), one, fc.nat(8), (rest, moved, index) => {
        const others = rest.map((task, n) => ({ ...task, id: `${n}` as TaskId })).sort(inLine)
        const task = { ...moved, id: 'moved' as TaskId }
        const placed = placementAt(task, others, Math.min(index, others.length))
        const line = [...others, { ...task, priority: placed.priority }]
        const at = line.toSorted(inLine).findIndex(({ id }) => id === 'moved')
        expect(at).toBe(placed.index)
      }),
    )
  })
})
