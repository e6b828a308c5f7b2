import { beforeEach, expect, it } from 'vitest'
import type { HistoryTask } from '../../../shared/model/history.js'
import { TaskId } from '../../../shared/model/ids.js'
import {
  askHistory,
  filterHistory,
  filterOf,
  NO_QUESTION,
  reduceHistory,
  toggleSelected,
  useHistory,
  withPage,
} from './history.js'
import type { HostEvent } from './host-event.js'

beforeEach(() => useHistory.setState(useHistory.getInitialState()))

const entry = (n: number) => ({ kind: 'task', taskId: `task_${n}` }) as HistoryTask

it('keeps what is asked for, and forgets a filter that is taken away', () => {
  filterHistory({ query: 'a', state: 'failed' })
  filterHistory({ state: undefined })
  askHistory({ span: 'week' })
  expect(useHistory.getState().question).toEqual({ filter: { query: 'a' }, span: 'week' })
})

it('makes instants of a span on the day that it is asked, and asks for no blank', () => {
  const now = new Date(2026, 2, 10, 15, 30).getTime()
  const from = (days: number) => new Date(2026, 2, 10 - days).getTime()
  expect(filterOf({ filter: { query: '  ' }, span: 'any' }, now)).toEqual({})
  expect(filterOf({ filter: { query: ' a ' }, span: 'today' }, now)).toEqual({
    query: 'a',
    from: from(0),
  })
  expect(filterOf({ ...NO_QUESTION, span: 'week' }, now)).toEqual({ from: from(6) })
  const range = { filter: { from: 5, to: 9 }, span: 'range' } as const
  expect(filterOf(range, now)).toEqual({ from: 5, to: 9 })
  expect(filterOf({ ...range, span: 'any' }, now)).toEqual({})
})

it('appends pages, without an entry that came twice', () => {
  const first = withPage({ entries: null }, { entries: [entry(3), entry(2)], nextCursor: '2' })
  const both = withPage(first, { entries: [entry(2), entry(1)], nextCursor: null })
  expect(both).toEqual({ entries: [entry(3), entry(2), entry(1)], cursor: null })
})

it('selects and unselects', () => {
  toggleSelected(TaskId.parse('task_1'))
  toggleSelected(TaskId.parse('task_2'))
  toggleSelected(TaskId.parse('task_1'))
  expect([...useHistory.getState().selected]).toEqual(['task_2'])
})

it('lets go of what was removed, wherever it stood', () => {
  const ids = [TaskId.parse('task_1'), TaskId.parse('task_2')] as const
  const state = {
    ...useHistory.getInitialState(),
    entries: [entry(2), entry(1)],
    selected: new Set(ids),
    shown: entry(1),
    comparing: ids,
  }
  const event: HostEvent = { name: 'task.removed', params: { taskIds: [ids[0]], seq: 1, at: 1 } }
  const { entries, selected, shown, comparing } = reduceHistory(state, event)
  expect(entries).toEqual([entry(2)])
  expect([...selected]).toEqual(['task_2'])
  expect([shown, comparing]).toEqual([null, null])
})
