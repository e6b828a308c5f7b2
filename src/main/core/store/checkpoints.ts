import { Worker } from 'node:worker_threads'
import type { Logger } from '../ports.js'
import { CHECKPOINT_PAGES, type WriteDb } from './database.js'

/** Of commits that follow each other closely, one in so many asks for a copy: of some 2,000 pages. */
const COMMITS_BETWEEN = 200
/**
 * Pages in the log from which a commit copies them itself although there is a thread: for the rare moment when
 * commits come so closely that the thread never gets to the end, and the log would grow for ever.
 */
const PAGES_BESIDE_A_THREAD = 10_000

/** Who copies the write-ahead log into the database. */
export interface Checkpoints {
  /** To be called after every commit; costs nothing most of the time. */
  committed(): void
  /** Before the database is closed. */
  close(): Promise<void>
}

/**
 * Has the log copied by a thread of its own: a copy waits for the disk, 5 to 20 ms, and whoever commits would wait
 * with it. A thread that fails leaves the work to the commits, as SQLite does by default.
 *
 * Source: sqlite.org/wal.html, section 3.3 (a checkpoint in a separate thread).
 *
 * @param entry path of the built `checkpoint.worker.js`
 */
export function startCheckpoints(db: WriteDb, entry: string, logger: Logger): Checkpoints {
  let commits = 0
  /** idle → copying → idle; any → gone when the thread has ended, on request or by itself. */
  let state: 'idle' | 'copying' | 'gone' = 'idle'
  const worker = new Worker(entry, { workerData: db.name, execArgv: [], env: {} })
  worker.unref()
  worker.on('message', () => {
    state = 'idle'
  })
  worker.on('error', (error) => {
    logger.warn({ error, entry }, 'checkpoints happen on the main thread: their own has failed')
  })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve())).then(() => {
    state = 'gone'
    if (db.open) db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  })
  db.pragma(`wal_autocheckpoint = ${PAGES_BESIDE_A_THREAD}`)
  return {
    committed: () => {
      commits += 1
      if (commits < COMMITS_BETWEEN || state !== 'idle') return
      commits = 0
      state = 'copying'
      worker.postMessage('copy')
    },
    close: async () => {
      worker.ref()
      if (state !== 'gone') worker.postMessage('close')
      await ended
    },
  }
}

/** Where there is no thread: SQLite copies at the end of the commit that filled the log. */
export const checkpointsByCommits: Checkpoints = {
  committed: () => undefined,
  close: async () => undefined,
}
