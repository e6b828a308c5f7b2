import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { migrations } from '../../src/main/core/store/migrations/index.js'
import type { TaskView } from '../../src/shared/model/task.js'
import type { ResultOf } from '../../src/shared/rpc/contract.js'
import { HostProcess } from '../support/host-process.js'

/** What was stored before there was an index: it takes the indexer some seconds. */
const STORED = 3_000
/** How much of it is indexed when the host is killed. */
const KILLED_AT = [0.1, 0.5, 0.9]

let folder: string
let dataDirectory: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'search-'))
  dataDirectory = join(folder, 'data')
  mkdirSync(dataDirectory, { mode: 0o700 })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const start = () => HostProcess.start({ dataDirectory, workspace: folder })

/** As the version before the index left it; every hundredth task ended with a text of its own. */
function storeOldTasks(): void {
  const db = new Database(join(dataDirectory, 'smart-agents.db'))
  for (const { sql } of migrations.slice(0, 3)) db.exec(sql)
  db.pragma('user_version = 3')
  db.exec(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${STORED})
     INSERT INTO tasks (id, type, lane, description, agent_type, workspace, priority, max_attempts,
       state, rank, wait_since_ms, created_at_ms, completed_at_ms, result)
     SELECT 'task_old' || i, 'command', 'command', 'an old task of some length, number ' || i,
       'command', '/', 5, 1, 'completed', 1, 1, 1, 2,
       json_object('success', json('true'), 'output',
         CASE i % 100 WHEN 0 THEN 'the rare outcome' ELSE 'what is usual' END,
         'metrics', json('{"duration":1,"tokensUsed":0,"agentsInvolved":[]}'))
     FROM n`,
  )
  db.close()
}

/** Beside the host, which owns the database: only what others may read. */
function backlog(): number {
  const db = new Database(join(dataDirectory, 'smart-agents.db'), { readonly: true })
  try {
    return db.prepare('SELECT count(*) FROM search_backlog').pluck().get() as number
  } finally {
    db.close()
  }
}

const untilBacklog = (atMost: number) =>
  vi.waitFor(() => expect(backlog()).toBeLessThanOrEqual(atMost), { timeout: 30_000, interval: 5 })

async function find(host: HostProcess, query: string): Promise<readonly TaskView[]> {
  return (await host.client.call('task.list', { query, limit: 500 })).tasks
}

/** How many tasks each page has. */
async function pagesOf(host: HostProcess, query: string, limit: number): Promise<number[]> {
  const lengths: number[] = []
  let cursor: string | null = null
  do {
    const from: { readonly cursor?: string } = cursor === null ? {} : { cursor }
    const page: ResultOf<'task.list'> = await host.client.call('task.list', {
      query,
      limit,
      ...from,
    })
    lengths.push(page.tasks.length)
    cursor = page.nextCursor
  } while (cursor !== null)
  return lengths
}

const expected = Array.from({ length: STORED / 100 }, (_, n) => `task_old${STORED - n * 100}`)

describe('the search of a host', () => {
  it('finds all of an older database whatever part is indexed, and mends its index after kill -9', async () => {
    storeOldTasks()
    const rare = async (host: HostProcess) =>
      (await find(host, 'RARE outcome')).map(({ id }) => String(id))
    for (const share of KILLED_AT) {
      const host = await start()
      expect(await rare(host)).toEqual(expected)
      await untilBacklog(STORED * (1 - share))
      await host.kill()
      expect(backlog()).toBeGreaterThan(0)
    }
    const host = await start()
    expect(await rare(host)).toEqual(expected)
    expect(await pagesOf(host, 'rare outcome', 7)).toEqual([7, 7, 7, 7, 2])
    await untilBacklog(0)
    expect(await pagesOf(host, 'rare outcome', 7)).toEqual([7, 7, 7, 7, 2])
    expect(await rare(host)).toEqual(expected)
    expect(await find(host, 'no such outcome')).toEqual([])
    await host.stop()
    const db = new Database(join(dataDirectory, 'smart-agents.db'))
    db.exec(`INSERT INTO task_search (task_search) VALUES ('integrity-check')`)
    db.close()
  }, 90_000)

  it('finds by its result a task that ended after it was indexed', async () => {
    const host = await start()
    const { client } = host
    await client.call('queue.limits.set', { cpuThreshold: 100, memoryThreshold: 100 })
    await client.call('queue.pause', {})
    const { taskId } = await client.call('task.submit', {
      description: 'says little',
      type: 'command',
      command: 'printf late-%s outcome',
    })
    await untilBacklog(0)
    expect(await find(host, 'late-outcome')).toEqual([])
    await client.call('queue.resume', {})
    await client.call('task.result', { taskId, waitMs: 10_000 })
    expect(await find(host, 'late-outcome')).toMatchObject([{ id: taskId, state: 'completed' }])
    await untilBacklog(0)
    expect(await find(host, 'late-outcome')).toMatchObject([{ id: taskId, state: 'completed' }])
    await host.stop()
  }, 30_000)

  it('takes every query literally, in any writing and of any length', async () => {
    const host = await start()
    const { client } = host
    await client.call('queue.pause', {})
    const texts = [
      'Grüße aus ÜBERSEE',
      '实现访问控制模块',
      'done 👩‍👩‍👧 today 🎉',
      `"quoted" AND 'single'`,
      '100% of snake_case',
      'a* OR b - c',
      'NEAR(x y) ^col:z',
    ]
    for (const description of texts) {
      await client.call('task.submit', { description, type: 'command', command: 'true' })
    }
    const finds: [query: string, found: string[]][] = [
      ['ü', ['Grüße aus ÜBERSEE']],
      ['Ü', ['Grüße aus ÜBERSEE']],
      ['Üß', ['Grüße aus ÜBERSEE']],
      ['GRÜSS', []],
      ['übersee', ['Grüße aus ÜBERSEE']],
      ['访', ['实现访问控制模块']],
      ['访问', ['实现访问控制模块']],
      ['访问控', ['实现访问控制模块']],
      ['🎉', ['done 👩‍👩‍👧 today 🎉']],
      ['👩‍👩‍👧', ['done 👩‍👩‍👧 today 🎉']],
      ['y 🎉', ['done 👩‍👩‍👧 today 🎉']],
      ['"', [`"quoted" AND 'single'`]],
      ["'", [`"quoted" AND 'single'`]],
      ['" AND', [`"quoted" AND 'single'`]],
      ['AND', [`"quoted" AND 'single'`]],
      ['%', ['100% of snake_case']],
      ['_c', ['100% of snake_case']],
      ['0% of', ['100% of snake_case']],
      ['e_case', ['100% of snake_case']],
      ['*', ['a* OR b - c']],
      ['a* ', ['a* OR b - c']],
      [' - c', ['a* OR b - c']],
      ['NEAR(x', ['NEAR(x y) ^col:z']],
      ['^col:z', ['NEAR(x y) ^col:z']],
      ['snake* OR', []],
      ['quoted single', []],
      ['"""', []],
      ['%%%', []],
      ['___', []],
      ['--', []],
      ['\\', []],
    ]
    for (const settled of [false, true]) {
      if (settled) await untilBacklog(0)
      for (const [query, found] of finds) {
        const descriptions = (await find(host, query)).map(({ description }) => description)
        expect(descriptions, `${query} (indexed: ${settled})`).toEqual(found)
      }
    }
    await host.stop()
  }, 30_000)
})
