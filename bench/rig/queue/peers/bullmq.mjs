import { Queue, Worker } from 'bullmq'
import { AT_ONCE } from '../peer.mjs'

const NAME = 'jobs'

/** @type {import('../peer.mjs').OpenPeer} */
export async function open({ redis, prefix = 'bench', tuned = false }) {
  if (redis === undefined) throw new Error('BullMQ needs the socket of a Redis server')
  const connection = { path: redis, maxRetriesPerRequest: null }
  const queue = new Queue(NAME, { connection, prefix })
  await queue.waitUntilReady()
  const soon = tuned ? { lockDuration: 2000, stalledInterval: 2000 } : {}
  /** @type {Worker | undefined} */
  let worker
  return {
    add: (n) => queue.add('job', { n }),
    addMany: (numbers) => queue.addBulk(numbers.map((n) => ({ name: 'job', data: { n } }))),
    work: async (body) => {
      worker = new Worker(NAME, ({ data }) => body(data.n), {
        connection,
        prefix,
        concurrency: AT_ONCE,
        ...soon,
      })
      await worker.waitUntilReady()
    },
    close: async () => {
      await worker?.close()
      await queue.close()
    },
  }
}
