import { beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { Clock } from '../ports.js'
import { indexTasks } from '../store/queries/search-index.js'
import { TaskSearch } from './task-search.js'

const MANY = 20_000
let bench: QueueBench
let turns: (() => void)[]
let search: TaskSearch
beforeEach(() => {
  bench = new QueueBench()
  turns = []
  const clock: Clock = {
    now: () => 1,
    schedule: (_delayMs, callback) => {
      turns.push(callback)
      return { cancel: () => undefined }
    },
  }
  search = new TaskSearch({ log: bench.log, clock })
})

/** Every task has all the trigrams of "abcabd", but only some the text itself. */
function storeMany(having: readonly number[]): void {
  bench.db.exec(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})
     INSERT INTO tasks (id, type, lane, description, agent_type, workspace, priority, max_attempts,
       state, rank, wait_since_ms, created_at_ms)
     SELECT 'task_old' || i, 'command', 'command',
       'abca cabd bcab' || CASE WHEN i IN (${having.join()}) THEN ' abcabd' ELSE '' END,
       'command', '/', 5, 1, 'completed', 1, 1, 1 FROM n`,
  )
}

const indexSome = (characters: number) =>
  bench.log.transaction(({ db }) => indexTasks(db, characters))

/** Lets turns of the event loop pass, with other work in each of them; tells how many it took. */
async function play<T>(work: Promise<T>, inTurn: () => void = () => undefined) {
  let isSettled = false
  const settled = work.finally(() => {
    isSettled = true
  })
  settled.catch(() => undefined)
  let count = 0
  while (!isSettled) {
    const due = turns.splice(0)
    // However many search: one step at a time.
    expect(due.length).toBeLessThanOrEqual(1)
    for (const turn of due) turn()
    await new Promise((resolve) => setImmediate(resolve))
    inTurn()
    count += 1
  }
  return { value: await settled, count }
}

const { signal } = new AbortController()
const all = Array.from({ length: MANY / 1_000 }, (_, index) => (index + 1) * 1_000)

describe('a search among many tasks', () => {
  it.each([
    ['indexed', MANY],
    ['half indexed', MANY / 2],
    ['not indexed', 0],
  ])('answers a full page or the end, in many steps, when they are %s', async (_what, indexed) => {
    storeMany(all)
    if (indexed > 0) indexSome(indexed * 125)
    let before: number | undefined
    const found: number[] = []
    for (const expected of [8, 8, 4]) {
      const page = search.find({ limit: 8, beforeOrdinal: before }, 'abcabd', signal)
      const { value, count } = await play(page)
      expect(value.ordinals).toHaveLength(expected)
      expect(value.nextOrdinal === null).toBe(expected < 8)
      expect(count).toBeGreaterThan(3)
      found.push(...value.ordinals)
      before = value.nextOrdinal ?? 0
    }
    expect(found).toEqual(all.toReversed())
  })

  it('loses none and doubles none while tasks are indexed between its steps', async () => {
    storeMany(all)
    const { value } = await play(search.find({ limit: 100 }, 'abcabd', signal), () =>
      indexSome(200_000),
    )
    expect(value).toEqual({ ordinals: all.toReversed(), nextOrdinal: null })
  })

  it('takes one step per turn of the event loop, however many search', async () => {
    storeMany([1])
    const queries = ['abcabd', 'abcabd', 'q~']
    const { value } = await play(
      Promise.all(queries.map((query) => search.find({ limit: 5 }, query, signal))),
    )
    expect(value.map(({ ordinals }) => ordinals)).toEqual([[1], [1], []])
  })

  it('ends when nobody waits for it any more, and when it is closed', async () => {
    storeMany([])
    const given = new AbortController()
    const left = search.find({ limit: 5 }, 'abcabd', given.signal)
    const kept = search.find({ limit: 5 }, 'abcabd', signal)
    await expect(play(left, () => given.abort(new Error('gone')))).rejects.toThrow('gone')
    search.close()
    await expect(play(kept)).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('shows a task that it found early as it is when it answers', async () => {
    storeMany([])
    await bench.start()
    const id = await bench.submit({ description: 'abcabd' })
    expect(bench.queue.list({ limit: 1 }).tasks).toMatchObject([{ id, state: 'running' }])
    const page = bench.queue.search({ limit: 5 }, 'abcabd', signal)
    bench.clock.schedule(0, () => bench.executor.end(id, { kind: 'completed', output: null }))
    const { tasks, seq } = await bench.during(page)
    expect(tasks).toMatchObject([{ id, state: 'completed' }])
    expect(seq).toBe(bench.log.lastSeq())
  })
})
