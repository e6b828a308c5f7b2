import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { WatchedProcess } from '../watched-process.mjs'
import { now, readJournal } from './crash-jobs.mjs'

const JOBS = 200
/** It is killed when so many have ended, at random between the two. */
const ENDED_BEFORE_KILL = { least: 20, most: 100 }
const LOOK_MS = 5
/** Then at most this much later, at random: what works in batches has nothing at work just after so many have ended. */
const MOST_DELAY_MS = 60
/** A job that has not run again so long after the queue was ready counts as not run. */
export const RERUN_LIMIT_MS = 15_000
const PROCESS = path.join(import.meta.dirname, 'peer-process.mjs')

/**
 * @typedef {object} Crash
 * @property {number[]} afterReady ms from the second process being ready to each interrupted job that ran again
 * @property {number[]} afterStart the same from the start of that process
 * @property {number} interrupted jobs that were running
 * @property {number} unfinished jobs that had not ended when the time was up, waiting or stuck or lost
 * @property {number} doubled runs of a job that had ended, or of one that was running
 */

/**
 * Kills a queue at work, starts it again, and compares what ran.
 *
 * @param {string} peer
 * @param {import('./peer.mjs').Place} place
 * @returns {Promise<Crash>}
 */
export async function crash(peer, place) {
  const first = path.join(place.folder, 'first.journal')
  const second = path.join(place.folder, 'second.journal')
  for (const journal of [first, second]) writeFileSync(journal, '')
  const { least, most } = ENDED_BEFORE_KILL
  const enough = least + Math.floor(Math.random() * (most - least))

  const killed = startPeer(peer, { place, journal: first, jobs: JOBS })
  await until(killed, () => ended(readJournal(first)).size >= enough, RERUN_LIMIT_MS)
  await sleep(Math.random() * MOST_DELAY_MS)
  await kill(killed)
  const before = readJournal(first)

  const again = startPeer(peer, { place, journal: second, jobs: 0 })
  /** @type {number} */
  const readyAt = await again.message((message) => message.ready)
  const left = JOBS - ended(before).size
  await until(again, () => ended(readJournal(second)).size >= left, RERUN_LIMIT_MS)
  // Time for a job that runs a second time to show.
  await sleep(500)
  await kill(again)
  return compare(before, readJournal(second), { readyAt, startedAt: again.startedAt })
}

/**
 * @param {import('./crash-jobs.mjs').Note[]} before
 * @param {import('./crash-jobs.mjs').Note[]} after
 * @param {{ readyAt: number, startedAt: number }} second
 * @returns {Crash}
 */
function compare(before, after, { readyAt, startedAt }) {
  const endedBefore = ended(before)
  const interrupted = begun(before).filter(({ n }) => !endedBefore.has(n))
  const begins = begun(after)
  const reruns = interrupted
    .map(({ n }) => begins.find((begin) => begin.n === n))
    .filter((begin) => begin !== undefined)
  const endedAtAll = new Set([...endedBefore, ...ended(after)])
  return {
    afterReady: reruns.map(({ at }) => at - readyAt),
    afterStart: reruns.map(({ at }) => at - startedAt),
    interrupted: interrupted.length,
    unfinished: JOBS - endedAtAll.size,
    doubled:
      begins.filter(({ n }) => endedBefore.has(n)).length +
      begins.length -
      new Set(begins.map(({ n }) => n)).size,
  }
}

/** @param {readonly import('./crash-jobs.mjs').Note[]} notes */
function ended(notes) {
  return new Set(notes.filter(({ what }) => what === 'end').map(({ n }) => n))
}

/** @param {readonly import('./crash-jobs.mjs').Note[]} notes */
function begun(notes) {
  return notes.filter(({ what }) => what === 'begin')
}

/**
 * @param {string} peer
 * @param {object} options
 */
function startPeer(peer, options) {
  return new WatchedProcess(peer, [PROCESS, peer, 'untilKilled', JSON.stringify(options)])
}

/**
 * @param {WatchedProcess} process
 * @param {() => boolean} isTrue
 * @param {number} limitMs after which it goes on all the same
 */
async function until(process, isTrue, limitMs) {
  const limit = now() + limitMs
  while (!isTrue() && now() < limit) await process.before(sleep(LOOK_MS))
}

/** @param {WatchedProcess} process */
async function kill(process) {
  process.child.kill('SIGKILL')
  await process.stop()
}
