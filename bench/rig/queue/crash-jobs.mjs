/** What a queue does that is to be killed: jobs of a fixed length, each of which notes its begin and its end. */
import { appendFileSync, openSync, readFileSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const JOB_MS = 20

/** @returns {number} epoch ms, with fractions */
export function now() {
  return performance.timeOrigin + performance.now()
}

/**
 * @param {string} journal a line per begin and end; what is written outlives the process
 * @returns {(n: number) => Promise<void>}
 */
function notingBody(journal) {
  const file = openSync(journal, 'a')
  return async (n) => {
    writeSync(file, `begin ${n} ${now()}\n`)
    await sleep(JOB_MS)
    writeSync(file, `end ${n} ${now()}\n`)
  }
}

/**
 * Until it is killed.
 *
 * @param {import('./peer.mjs').OpenQueue} queue
 * @param {{ journal: string, jobs: number }} options `jobs` 0 for the process that comes after
 */
export async function runUntilKilled(queue, { journal, jobs }) {
  appendFileSync(journal, '')
  const numbers = Array.from({ length: jobs }, (_, n) => n)
  if (queue.addMany !== undefined && jobs > 0) await queue.addMany(numbers)
  else for (const n of numbers) await queue.add(n)
  await queue.work(notingBody(journal))
  process.send?.({ ready: now() })
  await sleep(2 ** 31 - 1)
}

/** @typedef {{ what: 'begin' | 'end', n: number, at: number }} Note */

/**
 * @param {string} journal
 * @returns {Note[]}
 */
export function readJournal(journal) {
  // The last part may be the beginning of a line.
  const lines = readFileSync(journal, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => {
    const [what, n, at] = line.split(' ')
    return { what: what === 'end' ? 'end' : 'begin', n: Number(n), at: Number(at) }
  })
}
