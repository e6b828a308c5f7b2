import { beforeEach, expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import type { TaskId } from '../../../shared/model/ids.js'
import { insertOutput, selectOutputEnd } from '../store/queries/task-output.js'
import { type FoundLines, searchLog } from './search-log.js'
import { readLogEnd } from './task-log.js'

const taskId = 'task_1' as TaskId
let bench: QueueBench
beforeEach(async () => {
  bench = new QueueBench()
  await bench.start()
})

function print(...texts: string[]): void {
  bench.log.transaction(({ db }) => {
    for (const text of texts) insertOutput(db, taskId, selectOutputEnd(db, taskId), text)
  })
}

function search(query: string, { sinceOffset = 0, limit = 10 } = {}): Promise<FoundLines> {
  const { signal } = new AbortController()
  return bench.during(searchLog(bench, { taskId, query, sinceOffset, limit }, signal))
}

it('finds lines by a text in any case, whatever colours stand in it and however the log came in', async () => {
  print('first\n\u001b[31mER', 'ROR\u001b[0m one\nthird 100 %\n', 'last error')
  expect(await search('error')).toEqual({
    matches: [
      { offset: 6, text: 'ERROR one' },
      { offset: 37, text: 'last error' },
    ],
    nextOffset: null,
  })
  expect((await search('100 %')).matches).toHaveLength(1)
  expect((await search('nothing')).matches).toEqual([])
})

it('finds a Greek word by its beginning', async () => {
  print('ΟΔΟΣ 12\nοδος\n')
  expect((await search('οδοσ')).matches).toHaveLength(2)
})

it('goes on where a full answer ended', async () => {
  print('a 1\na 2\na 3\n')
  const first = await search('a', { limit: 2 })
  expect(first).toMatchObject({ nextOffset: 8 })
  expect(await search('a', { limit: 2, sinceOffset: 8 })).toEqual({
    matches: [{ offset: 8, text: 'a 3' }],
    nextOffset: null,
  })
})

it('takes a log in steps, finds what lies across them, and shows a piece of a line without an end', async () => {
  const filler = 'x'.repeat(100_000)
  print(
    `${filler}\n`,
    `${filler}\n`,
    `${filler}need`,
    `le${filler}\n`,
    `needle ${'y'.repeat(200_000)}`,
  )
  const { matches, nextOffset } = await search('needle')
  expect(nextOffset).toBeNull()
  expect(matches.length).toBeGreaterThanOrEqual(1)
  expect(matches.at(-1)?.text).toMatch(/^needle y{293}$/)
})

it('ends when nobody waits any more', async () => {
  print('x'.repeat(300_000), 'y'.repeat(300_000))
  const given = new AbortController()
  const found = searchLog(bench, { taskId, query: 'z', sinceOffset: 0, limit: 1 }, given.signal)
  given.abort(new Error('gone'))
  await expect(bench.during(found)).rejects.toThrow('gone')
})

it('reads the end of a log without the rest of it', () => {
  print('one\n', 'two\n', 'three\n')
  const task = { id: taskId, state: 'completed' } as Parameters<typeof readLogEnd>[1]
  const end = bench.log.query((db) => readLogEnd(db as Parameters<typeof readLogEnd>[0], task, 8))
  expect(end).toEqual({ text: 'o\nthree\n', offset: 6, nextOffset: 14, complete: true })
})
