import { beforeEach, expect, it, vi } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'
import {
  DEFAULT_PREFERENCES,
  type RetentionPreferences,
} from '../../../shared/model/preferences.js'
import { setSeen } from '../store/queries/inbox.js'
import { insertOutput } from '../store/queries/task-output.js'
import { Retention } from './retention.js'

const DAY_MS = 86_400_000
let bench: QueueBench
let days: RetentionPreferences
let retention: Retention
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
  days = DEFAULT_PREFERENCES.retention
  const { log, clock, logger } = bench
  retention = new Retention({ log, clock, logger, days: () => days })
})

async function ended(log?: string): Promise<TaskId> {
  const id = await bench.submit()
  if (log !== undefined)
    for (let n = 0; n < 250; n++) insertOutput(bench.db, id, n * log.length, log)
  bench.executor.end(id, { kind: 'completed', output: 'done' })
  await bench.settle()
  return id
}

const sweep = async () => {
  retention.start()
  await bench.clock.advanceAsync(6 * 60_000)
  await bench.clock.advanceAsync(60_000)
}
/** So that what was done before is old, without the many beats of a running queue. */
const age = (by: number) =>
  bench.db.exec(
    `UPDATE tasks SET completed_at_ms = completed_at_ms - ${by} WHERE completed_at_ms IS NOT NULL;
     UPDATE events SET at_ms = at_ms - ${by}`,
  )
const ids = () => bench.db.prepare('SELECT id FROM tasks ORDER BY ordinal').pluck().all()
const rowsOf = (table: string) => bench.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()

it('keeps everything unless it is told otherwise', async () => {
  const id = await ended('x')
  age(1_000 * DAY_MS)
  await sweep()
  expect(ids()).toEqual([id])
  expect(rowsOf('task_output')).toBe(250)
  expect(bench.log.oldestSeq()).toBe(1)
})

it('removes logs that are old, in steps, and says so; the result stays', async () => {
  const id = await ended('a line\n')
  age(10 * DAY_MS)
  const young = await ended('a line\n')
  days = { ...days, outputDays: 7 }
  await sweep()
  expect(rowsOf('task_output')).toBe(250)
  expect(bench.queue.get(id)).toMatchObject({
    task: { outputRemovedAt: expect.any(Number) },
    result: { output: 'done' },
  })
  expect(bench.queue.get(young).task.outputRemovedAt).toBeUndefined()
})

it('commits nothing for tasks whose logs are gone already', async () => {
  await ended('a line\n')
  await ended()
  age(10 * DAY_MS)
  days = { ...days, outputDays: 7 }
  await sweep()
  expect(rowsOf('task_output')).toBe(0)
  const commits = vi.spyOn(bench.log, 'transaction')
  await bench.clock.advanceAsync(61 * 60_000)
  expect(commits).not.toHaveBeenCalled()
})

it('removes tasks that are old with all that belongs to them, and remembers that they were there', async () => {
  const id = await ended('x')
  age(10 * DAY_MS)
  const young = await ended()
  const waiting = await bench.submit({ runAt: bench.clock.now() + 90 * DAY_MS })
  days = { ...days, taskDays: 7 }
  await sweep()
  expect(ids()).toEqual([young, waiting])
  expect(rowsOf('task_output')).toBe(0)
  expect(() => bench.queue.get(id)).toThrow(/was removed at/)
  expect(bench.events).toContainEqual(expect.objectContaining({ name: 'task.removed' }))
})

it('forgets what the inbox has shown of a removed task', async () => {
  const id = await ended()
  for (const item of [`change:${id}`, `stalled:${id}`, 'change:task_other']) {
    setSeen(bench.db, item, 1)
  }
  age(10 * DAY_MS)
  days = { ...days, taskDays: 7 }
  await sweep()
  expect(rowsOf('inbox_seen')).toBe(1)
})

it('keeps what something else needs', async () => {
  const needed = await ended()
  const parent = await ended()
  const undecided = await ended()
  const dependent = { dependencies: [needed], runAt: bench.clock.now() + 90 * DAY_MS }
  await bench.submit(dependent)
  bench.db.prepare(`UPDATE tasks SET parent_id = ? WHERE state = 'pending'`).run(parent)
  bench.db
    .prepare(
      `INSERT INTO worktrees (task_id, kind, state, repository, path, created_at_ms, updated_at_ms)
       VALUES (?, 'worktree', 'ready', '/r', '/w', 1, 1)`,
    )
    .run(undecided)
  const free = await ended()
  age(10 * DAY_MS)
  days = { ...days, taskDays: 7 }
  await sweep()
  expect(ids()).toEqual([needed, parent, undecided, expect.any(String)])
  expect(ids()).not.toContain(free)
})

it('removes old events but the newest, and tells from where they are kept', async () => {
  await ended()
  const last = bench.log.lastSeq()
  age(10 * DAY_MS)
  days = { ...days, eventDays: 7 }
  await sweep()
  expect(bench.log.oldestSeq()).toBe(last)
  await ended()
  expect(bench.log.lastSeq()).toBeGreaterThan(last)
})

it('removes nothing while the clock has just jumped', async () => {
  const id = await ended()
  days = { ...days, taskDays: 7 }
  retention.start()
  // One look, years later.
  bench.clock.sleep(4_000 * DAY_MS)
  await bench.clock.advanceAsync(6 * 60_000)
  expect(ids()).toEqual([id])
})
