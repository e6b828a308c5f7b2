/**
 * The queue of Smart Agents on a store of a given size, in a process of its own. Started with the name of the
 * measurement and its options as JSON; answers over the IPC channel.
 */
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { summarize } from '../statistics.mjs'
import { fillStore, SEARCHES } from './fill-store.mjs'
import { loadProduct } from './load-product.mjs'

const PAGE = 100
const LISTS = 500
const SEARCHES_EACH = 100
const SUBMITS = 1000
const DECISIONS = 500
/** Between two submits, so that each meets a queue at rest. */
const REST_MS = 2

const [measurement, given = '{}'] = process.argv.slice(2)
/** @type {{ folder: string, state: 'waiting' | 'finished', tasks: number }} */
const { folder, state, tasks } = JSON.parse(given)
const { openProduct } = await loadProduct()
const JOB = /** @type {const} */ ({ description: 'a job', type: 'command', command: 'true' })

/** Ms from the first look at the file until the queue decides. */
async function startUp() {
  const from = performance.now()
  const { queue, close } = openProduct(folder, () => Promise.resolve())
  await queue.start()
  const took = performance.now() - from
  await close()
  return took
}

/**
 * @param {number} times
 * @param {(n: number) => unknown} work
 */
async function timed(times, work) {
  const took = []
  for (let n = 0; n < times; n++) {
    const from = performance.now()
    await work(n)
    took.push(performance.now() - from)
    await nextTurn()
  }
  return took
}

async function use() {
  const { queue, indexer, close } = openProduct(folder, () => Promise.resolve())
  queue.setLimits({ cpuThreshold: 100, memoryThreshold: 100 })
  await queue.start()
  indexer.start()
  const list = await timed(LISTS, () => queue.list({ limit: PAGE }))
  /** @type {Record<string, import('../statistics.mjs').Summary>} */
  const searches = {}
  for (const query of SEARCHES) {
    const search = () => queue.search({ limit: PAGE }, query, new AbortController().signal)
    searches[query] = summarize(await timed(SEARCHES_EACH, search))
  }
  const submit = []
  for (let n = 0; n < SUBMITS; n++) {
    submit.push(...(await timed(1, () => queue.submit(JOB))))
    await sleep(REST_MS)
  }
  await close()
  return { list: summarize(list), submit: summarize(submit), searches }
}

/**
 * Ms from the end of a task to the first line of the next one's work, one at a time. Each that ends was replaced by a
 * new one before, so that as many wait at the end as at the beginning.
 */
async function decisions() {
  const done = Promise.withResolvers()
  /** @type {number[]} */
  const took = []
  let endedAt = Number.NaN
  const { queue } = openProduct(folder, async () => {
    const began = performance.now()
    if (!Number.isNaN(endedAt)) took.push(began - endedAt)
    if (took.length === DECISIONS) {
      done.resolve(undefined)
      await new Promise(() => undefined)
    }
    await queue.submit(JOB)
    await sleep(1)
    endedAt = performance.now()
  })
  await queue.start()
  queue.setLimits({ maxConcurrentTasks: 1, cpuThreshold: 100, memoryThreshold: 100 })
  queue.resume()
  await done.promise
  return summarize(took)
}

const measurements = {
  fill: async () => fillStore(folder, state, tasks),
  startUp,
  use,
  decisions,
}
const measure = measurements[/** @type {keyof typeof measurements} */ (measurement)]
process.send?.({ result: (await measure()) ?? null })
if (process.send === undefined) process.stdout.write('done\n')
process.exit()
