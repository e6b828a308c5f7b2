import { PgBoss } from 'pg-boss'
import { AT_ONCE } from '../peer.mjs'

const NAME = 'jobs'
/** The shortest that it takes; between two polls it is woken by NOTIFY. */
const POLL_S = 0.5

/**
 * @param {import('../peer.mjs').Place} place
 * @param {number} batchSize jobs fetched at a time
 * @returns {Promise<import('../peer.mjs').OpenQueue>}
 */
export async function openWith({ postgres, tuned = false }, batchSize) {
  if (postgres === undefined) throw new Error('pg-boss needs a PostgreSQL database')
  const often = tuned ? { superviseIntervalSeconds: 1, monitorIntervalSeconds: 1 } : {}
  const boss = new PgBoss({ connectionString: postgres, useListenNotify: true, ...often })
  boss.on('error', (error) => {
    process.stderr.write(`pg-boss: ${error.message}\n`)
  })
  await boss.start()
  await boss.createQueue(NAME, { notify: true, ...(tuned ? { expireInSeconds: 2 } : {}) })
  return {
    add: (n) => boss.send(NAME, { n }),
    addMany: (numbers) =>
      boss.insert(
        NAME,
        numbers.map((n) => ({ data: { n } })),
      ),
    work: async (body) => {
      const options = { batchSize, pollingIntervalSeconds: POLL_S, burstWhenBatchFull: true }
      await boss.work(NAME, options, async (jobs) => {
        const left = jobs.values()
        const runner = async () => {
          for (const { data } of left) await body(/** @type {{ n: number }} */ (data).n)
        }
        await Promise.all(Array.from({ length: AT_ONCE }, runner))
      })
    },
    close: () => boss.stop({ graceful: false }),
  }
}

/** @type {import('../peer.mjs').OpenPeer} */
export const open = (place) => openWith(place, AT_ONCE)
