import { expect, it } from 'vitest'
import { TaskId } from '../../../shared/model/ids.js'
import { createOrderedIds } from './ordered-ids.js'

it('are unlike, and sort by the time of their making, also when the clock is set back', () => {
  let now = 1_800_000_000_000
  const ids = createOrderedIds(() => now)
  const made = Array.from({ length: 2000 }, (_, index) => {
    if (index % 100 === 0) now += index % 300 === 0 ? -5 : 7
    return ids.next('task')
  })
  expect([...made].sort()).toEqual(made)
  expect(new Set(made).size).toBe(made.length)
  for (const id of made) expect(TaskId.safeParse(id).success).toBe(true)
})
