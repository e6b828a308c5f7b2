/** Stores of any size for the queue: rows that the product wrote itself, copied under new ids. */
import path from 'node:path'
import Database from 'better-sqlite3'
import { newId, rowCopier } from '../filled-data.mjs'
import { loadProduct } from './load-product.mjs'

/** Stands in the description of what is copied; each copy gets words of its own. */
const PLACEHOLDER = 'SUBJECT'
const WORDS = 'apple bridge candle desert engine forest garden harbor island jacket kettle ladder'
  .concat(' meadow needle orange pencil quarry ribbon saddle tunnel umbrella valley window yellow')
  .split(' ')

/** In one copy of 576; in every copy; in none. */
export const SEARCHES = ['harbor yellow', 'look through', 'no such words']

/** @param {number} n */
function subject(n) {
  const first = WORDS[n % WORDS.length]
  const second = WORDS[Math.floor(n / WORDS.length) % WORDS.length]
  return `${first} ${second}`
}

/**
 * @param {string} dataDirectory
 * @param {'waiting' | 'finished'} state in which the tasks are
 * @param {number} tasks
 */
export async function fillStore(dataDirectory, state, tasks) {
  const { openProduct } = await loadProduct()
  const { queue, close } = openProduct(dataDirectory, () => Promise.resolve())
  queue.setLimits({ cpuThreshold: 100, memoryThreshold: 100 })
  if (state === 'waiting') queue.pause()
  await queue.start()
  const originals = []
  for (const priority of [3, 5, 7]) {
    const description = `look through ${PLACEHOLDER} and say what is there`
    const id = await queue.submit({ description, type: 'command', command: 'true', priority })
    if (state === 'finished') await queue.waitForResult(id, 10_000, AbortSignal.timeout(10_000))
    originals.push(id)
  }
  await close()
  copyTasks(dataDirectory, originals, tasks)
  const copied = openProduct(dataDirectory, () => Promise.resolve())
  await copied.index()
  await copied.close()
}

/**
 * @param {string} dataDirectory
 * @param {readonly string[]} originals
 * @param {number} tasks
 */
function copyTasks(dataDirectory, originals, tasks) {
  const db = new Database(path.join(dataDirectory, 'smart-agents.db'))
  try {
    const copy = rowCopier(db)
    db.exec('BEGIN')
    for (let n = originals.length; n < tasks; n++) {
      const original = originals[n % originals.length] ?? ''
      const id = newId('task')
      const words = subject(n)
      const change = (/** @type {string} */ text) => text.replaceAll(PLACEHOLDER, words)
      copy('tasks', 'id = ?', original, original, id, change)
      copy('attempts', 'task_id = ?', original, original, id)
      copy('events', 'task_id = ?', original, original, id, change)
    }
    db.exec('COMMIT')
  } finally {
    db.close()
  }
}
