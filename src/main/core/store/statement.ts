import type { Statement } from 'better-sqlite3'
import type { ReadDb } from './database.js'

const prepared = new WeakMap<ReadDb, Map<string, Statement>>()

/** The prepared statement of a connection for this text, compiled once. */
export function statement(db: ReadDb, sql: string): Statement {
  let ofConnection = prepared.get(db)
  if (ofConnection === undefined) {
    ofConnection = new Map()
    prepared.set(db, ofConnection)
  }
  let found = ofConnection.get(sql)
  if (found === undefined) {
    found = db.prepare(sql)
    ofConnection.set(sql, found)
  }
  return found
}
