/**
 * Fills a data directory with rows that the product itself wrote, copied under new ids: whatever columns a table has, the
 * copies are what the program expects.
 */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import Database from 'better-sqlite3'
import { startHost, stopHost } from './host.mjs'

/** A question and an answer of ordinary length. */
const QUESTION =
  'Please look at how the settings are stored, and tell me whether a value that was written by an older version can ' +
  'still be read. If not, say in which file the reading happens, and what you would change.'

/**
 * A data directory as somebody has who tried the program once: a conversation with an answer, and a finished task.
 *
 * @param {import('./host.mjs').Place} place
 * @returns {Promise<{ conversationId: string, taskId: string }>}
 */
export async function tryOut(place) {
  const host = await startHost(place)
  const { rpc } = host
  try {
    await rpc.call('settings.set', { firstRunDone: true })
    await rpc.call('events.subscribe', { topics: ['chat', 'task'] })
    const { conversationId } = await rpc.call('chat.create', {})
    const answered = rpc.event((name, { role }) => name === 'chat.message' && role === 'assistant')
    await rpc.call('chat.send', { conversationId, text: QUESTION })
    await answered
    const done = rpc.event((name) => name === 'task.completed')
    const command = `"${process.execPath}" --version`
    const task = { type: 'command', description: 'Print the version of Node', command }
    const { taskId } = await rpc.call('task.submit', task)
    await done
    return { conversationId, taskId }
  } finally {
    await stopHost(host)
  }
}

/**
 * @param {import('./host.mjs').Place} place that was used once, and is not open
 * @param {{ conversationId: string, taskId: string }} known
 * @param {{ tasks: number, messages: number }} amount
 */
export function fill({ dataDirectory }, { conversationId, taskId }, { tasks, messages }) {
  const db = new Database(path.join(dataDirectory, 'smart-agents.db'))
  try {
    const copy = rowCopier(db)
    db.exec('BEGIN')
    for (let n = 1; n < tasks; n++) {
      const id = newId('task')
      copy('tasks', 'id = ?', taskId, taskId, id)
      copy('attempts', 'task_id = ?', taskId, taskId, id)
      copy('task_output', 'task_id = ?', taskId, taskId, id)
      copy('events', 'task_id = ?', taskId, taskId, id)
    }
    const list = 'SELECT id FROM messages WHERE conversation_id = ? ORDER BY ordinal'
    const known = /** @type {{ id: string }[]} */ (db.prepare(list).all(conversationId))
    for (let n = known.length; n < messages; n++) {
      const old = known[n % known.length]?.id ?? ''
      const id = newId('msg')
      copy('messages', 'id = ?', old, old, id)
      copy('events', `name = 'chat.message' AND payload LIKE ?`, `%${old}%`, old, id)
    }
    db.exec('COMMIT')
  } finally {
    db.close()
  }
}

/** @param {string} kind */
export function newId(kind) {
  return `${kind}_${randomBytes(10).toString('hex')}`
}

/** @param {import('better-sqlite3').Database} db */
export function rowCopier(db) {
  /** @type {Map<string, { columns: string[], insert: import('better-sqlite3').Statement, rows: unknown[] }>} */
  const plans = new Map()

  /**
   * @param {string} table
   * @param {string} condition
   * @param {string} value
   */
  const plan = (table, condition, value) => {
    const info = /** @type {{ name: string, type: string, pk: number }[]} */ (
      db.pragma(`table_info(${table})`)
    )
    const keys = info.filter(({ pk }) => pk > 0)
    // The number of a row is given anew.
    const own = keys.length === 1 && keys[0]?.type === 'INTEGER' ? keys[0].name : null
    const columns = info.map(({ name }) => name).filter((name) => name !== own)
    const names = columns.map((name) => `"${name}"`).join(', ')
    const places = columns.map(() => '?').join(', ')
    return {
      columns,
      insert: db.prepare(`INSERT INTO ${table} (${names}) VALUES (${places})`),
      rows: db.prepare(`SELECT ${names} FROM ${table} WHERE ${condition}`).raw().all(value),
    }
  }

  /**
   * @param {string} table
   * @param {string} condition
   * @param {string} value
   * @param {string} from the id that is replaced wherever it stands
   * @param {string} to
   * @param {(text: string) => string} [change] further, of every text
   */
  return (table, condition, value, from, to, change = (text) => text) => {
    const key = `${table} ${condition} ${value}`
    const known = plans.get(key) ?? plan(table, condition, value)
    plans.set(key, known)
    for (const row of /** @type {unknown[][]} */ (known.rows)) {
      known.insert.run(
        ...row.map((cell) => (typeof cell === 'string' ? change(cell.replaceAll(from, to)) : cell)),
      )
    }
  }
}
