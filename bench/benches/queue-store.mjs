/** The queue on large stores. */
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { buildProduct } from '../rig/queue/build-product.mjs'
import { WatchedProcess } from '../rig/watched-process.mjs'
import { temporaryFolder } from '../rig/workspace.mjs'
import { storeReport } from './queue-report.mjs'

const STORED = 100_000
const WAITING = [100, 1000, 10_000, 100_000]
const STARTS = 5
const PROCESS = path.join(import.meta.dirname, '../rig/queue/store-process.mjs')

/**
 * @typedef {import('../rig/statistics.mjs').Summary} Summary in ms
 * @typedef {{ list: Summary, submit: Summary, searches: Record<string, Summary> }} Use
 * @typedef {object} LargeStore
 * @property {number[]} starts ms
 * @property {Use} use
 * @property {{ waiting: number, took: Summary }[]} decisions
 */

/** @returns {Promise<string>} */
export async function store() {
  await buildProduct()
  await using temporary = temporaryFolder()
  return storeReport(STORED, await largeStore(temporary.folder))
}

/**
 * @param {string} folder
 * @returns {Promise<LargeStore>}
 */
async function largeStore(folder) {
  const finished = path.join(folder, 'finished')
  mkdirSync(finished)
  await inChild('fill', { folder: finished, state: 'finished', tasks: STORED })
  const starts = []
  for (let n = 0; n < STARTS; n++) starts.push(await inChild('startUp', { folder: finished }))
  const use = await inChild('use', { folder: finished })
  rmSync(finished, { recursive: true })

  const decisions = []
  for (const waiting of WAITING) {
    const own = path.join(folder, `waiting-${waiting}`)
    mkdirSync(own)
    await inChild('fill', { folder: own, state: 'waiting', tasks: waiting })
    decisions.push({ waiting, took: await inChild('decisions', { folder: own }) })
    rmSync(own, { recursive: true })
  }
  return { starts, use, decisions }
}

/**
 * @param {string} measurement
 * @param {object} options
 * @returns {Promise<any>}
 */
async function inChild(measurement, options) {
  const child = new WatchedProcess(measurement, [PROCESS, measurement, JSON.stringify(options)])
  try {
    return await child.message(({ result }) => result)
  } finally {
    await child.stop()
  }
}
