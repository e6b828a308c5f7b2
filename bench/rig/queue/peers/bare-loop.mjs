import path from 'node:path'
import Database from 'better-sqlite3'
import { AT_ONCE } from '../peer.mjs'

/**
 * What a queue costs at the least: three statements and no feature.
 *
 * @type {import('../peer.mjs').OpenPeer}
 */
export function open({ folder }) {
  const db = new Database(path.join(folder, 'jobs.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.exec(`CREATE TABLE IF NOT EXISTS job (id INTEGER PRIMARY KEY, state INTEGER NOT NULL DEFAULT 0, data TEXT);
           CREATE INDEX IF NOT EXISTS job_waiting ON job (id) WHERE state = 0;
           UPDATE job SET state = 0 WHERE state = 1`)
  const insert = db.prepare('INSERT INTO job (data) VALUES (?)')
  const claim = db.prepare(`UPDATE job SET state = 1
    WHERE id = (SELECT id FROM job WHERE state = 0 ORDER BY id LIMIT 1) RETURNING id, data`)
  const complete = db.prepare('UPDATE job SET state = 2 WHERE id = ?')
  /** @type {((n: number) => Promise<void>) | undefined} */
  let run
  let running = 0
  let lookPlanned = false

  function wake() {
    if (lookPlanned || run === undefined) return
    lookPlanned = true
    setImmediate(look)
  }
  function look() {
    lookPlanned = false
    while (running < AT_ONCE) {
      const job = /** @type {{ id: number, data: string } | undefined} */ (claim.get())
      if (job === undefined) return
      running += 1
      void finish(job)
    }
  }
  /** @param {{ id: number, data: string }} job */
  async function finish({ id, data }) {
    await run?.(JSON.parse(data).n)
    complete.run(id)
    running -= 1
    wake()
  }

  const addMany = db.transaction((/** @type {number[]} */ numbers) => {
    for (const n of numbers) insert.run(JSON.stringify({ n }))
  })
  return {
    add: (n) => {
      insert.run(JSON.stringify({ n }))
      wake()
    },
    addMany: (numbers) => {
      addMany(numbers)
      wake()
    },
    work: (body) => {
      run = body
      wake()
    },
    close: () => db.close(),
  }
}
