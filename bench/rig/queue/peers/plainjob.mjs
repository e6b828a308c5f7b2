import path from 'node:path'
import Database from 'better-sqlite3'
import { better, defineQueue, defineWorker } from 'plainjob'
import { AT_ONCE } from '../peer.mjs'

const POLL_MS = 10
const TYPE = 'job'
const silent = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
}

/** @type {import('../peer.mjs').OpenPeer} */
export function open({ folder, tuned = false }) {
  const connection = better(new Database(path.join(folder, 'jobs.db')))
  const soon = tuned ? { timeout: 2000, maintenanceInterval: 500 } : {}
  const queue = defineQueue({ connection, logger: silent, ...soon })
  /** @type {import('plainjob').Worker[]} */
  let workers = []
  /** @type {Promise<void>[]} */
  let ends = []
  return {
    add: (n) => queue.add(TYPE, { n }),
    addMany: (numbers) =>
      queue.addMany(
        TYPE,
        numbers.map((n) => ({ n })),
      ),
    work: (body) => {
      // One worker runs one job after another.
      workers = Array.from({ length: AT_ONCE }, () =>
        defineWorker(TYPE, ({ data }) => body(JSON.parse(data).n), {
          queue,
          pollIntervall: POLL_MS,
          logger: silent,
        }),
      )
      ends = workers.map((worker) => worker.start())
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop()))
      await Promise.all(ends)
      queue.close()
    },
  }
}
