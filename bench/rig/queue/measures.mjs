import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'

/** Before a measurement, so that a worker has found out that there is nothing to do. */
const SETTLE_MS = 100

/** @param {number} count */
function numbersTo(count) {
  return Array.from({ length: count }, (_, n) => n)
}

/**
 * Jobs/s that are stored one after another, each awaited, with nobody to run them.
 *
 * @param {import('./peer.mjs').OpenQueue} queue
 * @param {number} jobs
 */
export async function enqueue(queue, jobs) {
  const from = performance.now()
  for (let n = 0; n < jobs; n++) await queue.add(n)
  return (jobs / (performance.now() - from)) * 1000
}

/**
 * Jobs/s from the first that is handed over until the last has run, five at once: in bulk where that is offered,
 * otherwise all at once without waiting in between.
 *
 * @param {import('./peer.mjs').OpenQueue} queue
 * @param {number} jobs
 */
export async function endToEnd(queue, jobs) {
  const done = Promise.withResolvers()
  let left = jobs
  await queue.work(async () => {
    left -= 1
    if (left === 0) done.resolve(undefined)
  })
  await sleep(SETTLE_MS)
  const numbers = numbersTo(jobs)
  const from = performance.now()
  if (queue.addMany !== undefined) await queue.addMany(numbers)
  else await Promise.all(numbers.map((n) => queue.add(n)))
  await done.promise
  return (jobs / (performance.now() - from)) * 1000
}

/**
 * Ms from the call that hands a job over to the first line of its work, on a queue that has nothing else to do.
 *
 * @param {import('./peer.mjs').OpenQueue} queue
 * @param {number} samples
 * @param {number} restMs at most this long, at random, between two jobs: a poller must not run in step
 */
export async function pickUp(queue, samples, restMs) {
  /** @type {PromiseWithResolvers<number>} */
  let begun = Promise.withResolvers()
  await queue.work(async () => begun.resolve(performance.now()))
  await sleep(SETTLE_MS)
  const waits = []
  for (let n = 0; n < samples; n++) {
    begun = Promise.withResolvers()
    const from = performance.now()
    const stored = queue.add(n)
    waits.push((await begun.promise) - from)
    await stored
    await sleep(Math.random() * restMs)
    await nextTurn()
  }
  return waits
}
