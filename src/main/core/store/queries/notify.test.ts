import { afterEach, beforeEach, expect, it } from 'vitest'
import { TaskId } from '../../../../shared/model/ids.js'
import { openDatabase, type WriteDb } from '../database.js'
import {
  hasEnds,
  insertEnd,
  selectDueProgress,
  selectNextDue,
  selectOutcome,
  selectRoot,
  takeEnds,
  upsertTold,
} from './notify.js'

let db: WriteDb
beforeEach(() => {
  db = openDatabase({ path: ':memory:' })
})
afterEach(() => db.close())

function task(name: string, state: string, parent: string | null = null): TaskId {
  const id = TaskId.parse(`task_${name}`)
  db.prepare(
    `INSERT INTO tasks (id, type, lane, description, agent_type, workspace, priority, max_attempts,
       state, rank, wait_since_ms, created_at_ms, parent_id)
     VALUES (?, 'command', 'command', ?, 'command', '/', 5, 1, ?, 1, 1, 1, ?)`,
  ).run(id, name, state, parent)
  return id
}

it('finds the root of a tree, and nothing where it is gone', () => {
  const root = task('root', 'running')
  const child = task('child', 'running', root)
  const grandchild = task('grandchild', 'running', child)
  expect(selectRoot(db, grandchild, 0)?.id).toBe(root)
  expect(selectRoot(db, root, 0)?.id).toBe(root)
  db.prepare('DELETE FROM tasks WHERE id = ?').run(root)
  expect(selectRoot(db, grandchild, 0)).toBeUndefined()
})

it('takes the ends that wait, but of none that has begun again, and leaves none', () => {
  const ids = [task('a', 'completed'), task('b', 'failed'), task('c', 'running')]
  for (const id of [...ids, ...ids]) insertEnd(db, id)
  const { counts, first } = takeEnds(db, 1, 0)
  expect(counts).toEqual({ completed: 1, failed: 1, cancelled: 0 })
  expect(first.map(({ description }) => description)).toEqual(['a'])
  expect(hasEnds(db)).toBe(false)
})

it('finds progress that is due, also where the clock was set back', () => {
  const [soon, late, ahead] = [task('a', 'running'), task('b', 'running'), task('c', 'running')]
  const told = { progress: 10, end: null }
  upsertTold(db, soon, { ...told, atMs: 50, dueAtMs: 90 })
  upsertTold(db, late, { ...told, atMs: 50, dueAtMs: 200 })
  upsertTold(db, ahead, { ...told, atMs: 5000, dueAtMs: 6000 })
  upsertTold(db, task('d', 'running'), { ...told, atMs: 50, dueAtMs: null })
  expect(selectDueProgress(db, 100, 10)).toEqual([soon, ahead])
  expect(selectNextDue(db)).toBe(90)
})

it('reads how a report begins and how an output ends, where it is text', () => {
  const [text, none, damaged] = [
    task('a', 'completed'),
    task('b', 'completed'),
    task('c', 'failed'),
  ]
  const report = task('d', 'completed')
  db.prepare("UPDATE tasks SET lane = 'agent' WHERE id = ?").run(report)
  const set = db.prepare('UPDATE tasks SET result = ? WHERE id = ?')
  set.run(JSON.stringify({ output: 'All is well' }), text)
  set.run(JSON.stringify({ output: { exitCode: 0 } }), none)
  set.run('{', damaged)
  set.run(JSON.stringify({ output: 'All is well' }), report)
  expect(selectOutcome(db, text, 7)).toEqual({ text: 'is well', isPrinted: true })
  expect(selectOutcome(db, report, 7)).toEqual({ text: 'All is ', isPrinted: false })
  expect([none, damaged].map((id) => selectOutcome(db, id, 7).text)).toEqual(['', ''])
})

it.each([
  [
    'SELECT task_id FROM notify_tasks INDEXED BY notify_tasks_due WHERE due_at_ms IS NOT NULL AND due_at_ms <= 9',
  ],
  [`SELECT told_end FROM notify_tasks WHERE task_id = 'x'`],
  [`SELECT kind FROM agent_work WHERE task_id = 'x'`],
])('finds by an index: %s', (sql) => {
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { readonly detail: string }[]
  expect(plan.every(({ detail }) => detail.startsWith('SEARCH'))).toBe(true)
})
