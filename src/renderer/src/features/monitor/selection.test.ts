import { expect, it } from 'vitest'
import type { TaskId } from '../../../../shared/model/ids.js'
import { among, NOTHING_SELECTED, selected, toggledAll } from './selection.js'

const order = ['a', 'b', 'c', 'd'] as TaskId[]
const [a, b, , d] = order as [TaskId, TaskId, TaskId, TaskId]

it('takes rows in and out one by one, and a stretch with Shift', () => {
  const one = selected(NOTHING_SELECTED, b, order, false)
  expect([...one.ids]).toEqual(['b'])
  expect([...selected(one, d, order, true).ids]).toEqual(['b', 'c', 'd'])
  expect([...selected(one, a, order, true).ids].sort()).toEqual(['a', 'b'])
  expect([...selected(one, b, order, false).ids]).toEqual([])
})

it('takes one row where a stretch has no beginning any more', () => {
  const gone = { ids: new Set<TaskId>(), anchor: 'gone' as TaskId }
  expect([...selected(gone, d, order, true).ids]).toEqual(['d'])
})

it('selects all or none, and acts only on what is seen', () => {
  const all = toggledAll(NOTHING_SELECTED, order)
  expect(all.ids.size).toBe(4)
  expect(toggledAll(all, order).ids.size).toBe(0)
  expect(among(all, [d, 'x' as TaskId])).toEqual(['d'])
})
