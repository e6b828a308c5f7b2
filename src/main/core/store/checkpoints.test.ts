import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SilentLogger } from '../../../../test/support/silent-logger.js'
import { startCheckpoints } from './checkpoints.js'
import { openDatabase, type WriteDb } from './database.js'

const WORKER = join(import.meta.dirname, 'checkpoint.worker.ts')

let folder: string
let path: string
let db: WriteDb

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoints-'))
  path = join(folder, 'x.db')
  db = openDatabase({ path })
  db.pragma('wal_checkpoint(TRUNCATE)')
})
afterEach(async () => {
  db.close()
  await rm(folder, { recursive: true })
})

function commit(times: number, committed: () => void): void {
  const insert = db.prepare('INSERT INTO settings (key, value) VALUES (?, ?)')
  for (let n = 0; n < times; n++) {
    insert.run(`key-${n}`, JSON.stringify('x'.repeat(1000)))
    committed()
  }
}

describe('checkpoints on a thread of their own', () => {
  it('bring what was committed into the database', async () => {
    const before = (await stat(path)).size
    const checkpoints = startCheckpoints(db, WORKER, new SilentLogger())
    commit(300, checkpoints.committed)
    await checkpoints.close()
    expect((await stat(path)).size).toBeGreaterThan(before + 100_000)
  })

  it('leave the work to the commits when the thread cannot start', async () => {
    const logger = new SilentLogger()
    const checkpoints = startCheckpoints(db, join(folder, 'nothing.js'), logger)
    await checkpoints.close()
    expect(logger.messages('warn')).toHaveLength(1)
    expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(2000)
    expect(() => commit(300, checkpoints.committed)).not.toThrow()
  })
})
