import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import { hasSearchBacklog } from '../store/queries/search-index.js'
import { SearchIndexer } from './search-indexer.js'

let bench: QueueBench
let indexer: SearchIndexer
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
  indexer = new SearchIndexer(bench)
})
afterEach(() => {
  indexer.stop()
})

const isBehind = () => bench.log.query(hasSearchBacklog)
const find = async (query: string) => {
  const { signal } = new AbortController()
  const { tasks } = await bench.during(bench.queue.search({ limit: 10 }, query, signal))
  return tasks.map(({ id }) => id)
}

describe('the search indexer', () => {
  it('indexes a task once the commits have paused, and again when it has ended', async () => {
    indexer.start()
    const id = await bench.submit({ description: 'some work' })
    await bench.clock.advanceAsync(249)
    expect(isBehind()).toBe(true)
    await bench.clock.advanceAsync(1)
    expect(isBehind()).toBe(false)
    bench.executor.end(id, { kind: 'completed', output: 'the outcome' })
    await bench.settle()
    expect(isBehind()).toBe(true)
    expect(await find('the outcome')).toEqual([id])
    await bench.clock.advanceAsync(1_000)
    expect(isBehind()).toBe(false)
    expect(await find('the outcome')).toEqual([id])
  })

  it('does not wait for a pause longer than two seconds', async () => {
    indexer.start()
    for (let ms = 0; ms < 1_900; ms += 100) {
      await bench.submit()
      await bench.clock.advanceAsync(100)
    }
    expect(indexed()).toBe(0)
    await bench.submit()
    await bench.clock.advanceAsync(100)
    expect(indexed()).toBeGreaterThan(0)
  })

  it('takes short steps, and longer pauses while others commit', async () => {
    for (let count = 0; count < 40; count++) await bench.submit({ description: 'x'.repeat(2_000) })
    indexer.start()
    await bench.clock.advanceAsync(250)
    const first = indexed()
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThan(10)
    await bench.submit()
    await bench.clock.advanceAsync(20)
    const busy = indexed()
    await bench.clock.advanceAsync(20)
    expect(indexed()).toBe(busy)
    await bench.clock.advanceAsync(2_000)
    expect(isBehind()).toBe(false)
  })

  it('goes on where an earlier host was killed, and leaves no timer when all is done', async () => {
    await bench.submit({ description: 'left behind' })
    const timers = bench.clock.pendingTimers
    indexer.start()
    await bench.clock.advanceAsync(1_000)
    expect(isBehind()).toBe(false)
    expect(await find('left behind')).toHaveLength(1)
    expect(bench.clock.pendingTimers).toBe(timers)
  })

  it('tries again after it could not write', async () => {
    await bench.submit()
    bench.db.pragma('query_only = 1')
    indexer.start()
    await bench.clock.advanceAsync(1_000)
    expect(bench.logger.messages('warn')).toContain(
      'the search index could not be written; trying again later',
    )
    bench.db.pragma('query_only = 0')
    await bench.clock.advanceAsync(30_000)
    expect(isBehind()).toBe(false)
  })

  it('does nothing any more once it was stopped', async () => {
    indexer.start()
    await bench.submit()
    indexer.stop()
    await bench.submit()
    await bench.clock.advanceAsync(5_000)
    expect(indexed()).toBe(0)
  })
})

function indexed(): number {
  const count =
    'SELECT count(*) FROM tasks WHERE ordinal NOT IN (SELECT ordinal FROM search_backlog)'
  return bench.db.prepare(count).pluck().get() as number
}
