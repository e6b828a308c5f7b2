/** The queue beside its peers on the same no-op work, in one run; and after a kill -9. */
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { buildProduct } from '../rig/queue/build-product.mjs'
import { peers } from '../rig/queue/peer-list.mjs'
import { createDatabase, startPostgres, startRedis } from '../rig/queue/servers.mjs'
import { loadAverage } from '../rig/report.mjs'
import { median, summarize } from '../rig/statistics.mjs'
import { WatchedProcess } from '../rig/watched-process.mjs'
import { temporaryFolder } from '../rig/workspace.mjs'
import { crashes } from './queue-crash.mjs'
import { crashReport, speedReport } from './queue-report.mjs'

const RUNS = 3
/** At most this long, at random, between two jobs of an idle queue: as long as a poller of the list sleeps. */
const REST_MS = 10
const PROCESS = path.join(import.meta.dirname, '../rig/queue/peer-process.mjs')

/**
 * @typedef {import('../rig/queue/peer-list.mjs').PeerEntry} PeerEntry
 * @typedef {(peer: PeerEntry) => Promise<import('../rig/queue/peer.mjs').Place>} NewPlace an empty one
 * @typedef {object} Speed medians of the runs; NaN where it was not measured
 * @property {PeerEntry} peer
 * @property {number} enqueue jobs/s
 * @property {number} endToEnd jobs/s
 * @property {import('../rig/statistics.mjs').Summary} pickUp ms, of all samples
 */

/** @returns {Promise<string>} */
export async function queue() {
  await buildProduct()
  await using stack = new AsyncDisposableStack()
  const { folder } = stack.use(temporaryFolder())
  const redis = await startRedis(folder)
  if (redis !== null) stack.use(redis)
  const postgres = await startPostgres(folder)
  if (postgres !== null) stack.use(postgres)

  const missing = peers.map((peer) => lack(peer, { redis, postgres })).filter((text) => text !== '')
  const present = peers.filter((peer) => lack(peer, { redis, postgres }) === '')
  let places = 0
  /** @type {NewPlace} */
  const newPlace = async ({ server }) => {
    places += 1
    const own = path.join(folder, `place-${places}`)
    mkdirSync(own)
    return {
      folder: own,
      ...(server === 'redis' && redis !== null
        ? { redis: redis.address, prefix: `place-${places}` }
        : {}),
      ...(server === 'postgres' && postgres !== null
        ? { postgres: await createDatabase(postgres, `place_${places}`) }
        : {}),
    }
  }

  const speed = await measureSpeed(present, newPlace)
  const crashed = await crashes(present, newPlace)
  return [
    speedReport(speed, RUNS),
    ...missing.map((text) => `\n${text}`),
    '',
    crashReport(crashed),
  ].join('\n')
}

/**
 * Why a peer cannot be measured here; empty when it can.
 *
 * @param {PeerEntry} peer
 * @param {{ redis: unknown, postgres: unknown }} servers
 */
function lack({ name, server, optional }, servers) {
  if (server !== undefined && servers[server] === null)
    return `${name}: left out, no ${server} here`
  if (optional === undefined) return ''
  try {
    createRequire(import.meta.url)(optional)
    return ''
  } catch {
    return `${name}: left out, ${optional} could not be installed`
  }
}

/**
 * All peers in turn, several times, so that what else happens on the machine meets each of them.
 *
 * @param {readonly PeerEntry[]} present
 * @param {NewPlace} newPlace
 * @returns {Promise<Speed[]>}
 */
async function measureSpeed(present, newPlace) {
  const results = present.map((peer) => ({
    peer,
    enqueue: /** @type {number[]} */ ([]),
    endToEnd: /** @type {number[]} */ ([]),
    pickUp: /** @type {number[]} */ ([]),
  }))
  for (let run = 1; run <= RUNS; run++) {
    for (const { peer, enqueue, endToEnd, pickUp } of results) {
      const samples = Math.ceil((peer.pickUp ?? 0) / RUNS)
      if (peer.enqueue > 0) enqueue.push(await inChild(peer, newPlace, 'enqueue', peer.enqueue))
      endToEnd.push(await inChild(peer, newPlace, 'endToEnd', peer.endToEnd))
      if (samples > 0) pickUp.push(...(await inChild(peer, newPlace, 'pickUp', samples)))
    }
    process.stderr.write(`queue: run ${run} of ${RUNS} done, load average ${loadAverage()}\n`)
  }
  return results.map(({ peer, enqueue, endToEnd, pickUp }) => ({
    peer,
    enqueue: median(enqueue),
    endToEnd: median(endToEnd),
    pickUp: summarize(pickUp),
  }))
}

/**
 * @param {PeerEntry} peer
 * @param {NewPlace} newPlace
 * @param {'enqueue' | 'endToEnd' | 'pickUp'} measurement
 * @param {number} amount jobs or samples
 * @returns {Promise<any>}
 */
async function inChild(peer, newPlace, measurement, amount) {
  const options = { place: await newPlace(peer), amount, restMs: REST_MS }
  const child = new WatchedProcess(peer.name, [
    PROCESS,
    peer.key,
    measurement,
    JSON.stringify(options),
  ])
  try {
    return await child.message(({ result }) => result)
  } finally {
    await child.stop()
  }
}
