/**
 * @typedef {object} PeerEntry
 * @property {string} key file in `peers`
 * @property {string} name
 * @property {'redis' | 'postgres'} [server]
 * @property {'sqlite3'} [optional] package that may be missing
 * @property {number} enqueue jobs
 * @property {number} endToEnd jobs
 * @property {number} [pickUp] samples of all runs together; left out where another entry of the same library answers
 * @property {('as shipped' | 'tuned')[]} crash settings with which it is killed
 * @property {string} [tuning] what `tuned` sets
 * @property {boolean} [slowRecovery] it waits for a timeout, so its crashes may go on beside one another
 */

/** Jobs of a run where nothing else is said. */
export const JOBS = Number(process.env['SMART_AGENTS_BENCH_JOBS'] ?? 20_000)
/** Of all runs together. */
const SAMPLES = 500
/** The slow ones get so much less to do that the whole takes minutes. */
const tenth = Math.ceil(JOBS / 10)
const twentieth = Math.ceil(JOBS / 20)
const quarter = Math.ceil(JOBS / 4)

/** @type {readonly PeerEntry[]} */
export const peers = [
  {
    key: 'ours',
    name: 'Smart Agents',
    enqueue: JOBS,
    endToEnd: JOBS,
    pickUp: SAMPLES,
    crash: ['as shipped'],
  },
  {
    key: 'bare-loop',
    name: 'bare better-sqlite3 loop',
    enqueue: JOBS,
    endToEnd: JOBS,
    pickUp: SAMPLES,
    crash: ['as shipped'],
  },
  {
    key: 'plainjob',
    name: 'plainjob, polling every 10 ms',
    enqueue: JOBS,
    endToEnd: JOBS,
    pickUp: SAMPLES,
    crash: ['as shipped', 'tuned'],
    tuning: '2 s timeout',
    slowRecovery: true,
  },
  {
    key: 'better-queue',
    name: 'better-queue (SQLite, not synced)',
    optional: 'sqlite3',
    enqueue: tenth,
    endToEnd: quarter,
    pickUp: SAMPLES,
    crash: ['as shipped'],
  },
  {
    key: 'bullmq',
    name: 'BullMQ (Redis)',
    server: 'redis',
    enqueue: quarter,
    endToEnd: quarter,
    pickUp: SAMPLES,
    crash: ['as shipped', 'tuned'],
    tuning: '2 s lock',
    slowRecovery: true,
  },
  {
    key: 'graphile-worker',
    name: 'graphile-worker (PostgreSQL)',
    server: 'postgres',
    enqueue: twentieth,
    endToEnd: tenth,
    pickUp: 200,
    crash: ['as shipped'],
    slowRecovery: true,
  },
  {
    key: 'graphile-worker-local',
    name: 'the same, local queue of 500',
    server: 'postgres',
    enqueue: 0,
    endToEnd: quarter,
    crash: [],
  },
  {
    key: 'pg-boss',
    name: 'pg-boss (PostgreSQL, NOTIFY)',
    server: 'postgres',
    enqueue: twentieth,
    endToEnd: tenth,
    pickUp: 200,
    crash: ['as shipped', 'tuned'],
    tuning: '2 s expiry',
    slowRecovery: true,
  },
  {
    key: 'pg-boss-batch',
    name: 'the same, batches of 1,000',
    server: 'postgres',
    enqueue: 0,
    endToEnd: quarter,
    crash: [],
  },
]
