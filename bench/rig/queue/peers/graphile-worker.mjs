import { Logger, makeWorkerUtils, run, runMigrations } from 'graphile-worker'
import { AT_ONCE } from '../peer.mjs'

const TASK = 'job'
const logger = new Logger(() => () => undefined)

/**
 * @param {import('../peer.mjs').Place} place
 * @param {object} [worker] its own settings
 * @returns {Promise<import('../peer.mjs').OpenQueue>}
 */
export async function openWith({ postgres }, worker = {}) {
  if (postgres === undefined) throw new Error('graphile-worker needs a PostgreSQL database')
  const options = { connectionString: postgres, logger, noHandleSignals: true }
  await runMigrations(options)
  const utils = await makeWorkerUtils(options)
  /** @type {import('graphile-worker').Runner | undefined} */
  let runner
  return {
    add: (n) => utils.addJob(TASK, { n }),
    addMany: (numbers) => utils.addJobs(numbers.map((n) => ({ identifier: TASK, payload: { n } }))),
    work: async (body) => {
      runner = await run({
        ...options,
        preset: { worker: { concurrentJobs: AT_ONCE, ...worker } },
        taskList: {
          [TASK]: (payload) => body(/** @type {{ n: number }} */ (payload).n),
        },
      })
    },
    close: async () => {
      await runner?.stop()
      await utils.release()
    },
  }
}

/** @type {import('../peer.mjs').OpenPeer} */
export const open = (place) => openWith(place)
