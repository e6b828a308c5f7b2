import path from 'node:path'
import { promisify } from 'node:util'
import BetterQueue from 'better-queue'
import SqliteStore from 'better-queue-sqlite'
import { AT_ONCE } from '../peer.mjs'

/** @type {import('../peer.mjs').OpenPeer} */
export function open({ folder }) {
  /** @type {PromiseWithResolvers<(n: number) => Promise<void>>} */
  const work = Promise.withResolvers()
  const queue = new BetterQueue(
    (task, done) => {
      work.promise.then((body) => body(task.n)).then(() => done(), done)
    },
    { store: new SqliteStore({ path: path.join(folder, 'jobs.db') }), concurrent: AT_ONCE },
  )
  queue.pause()
  return {
    add: (n) =>
      new Promise((resolve) => {
        queue.push({ id: String(n), n }).on('queued', () => resolve(undefined))
      }),
    work: (body) => {
      work.resolve(body)
      queue.resume()
    },
    close: () => promisify(queue.destroy.bind(queue))(),
  }
}
