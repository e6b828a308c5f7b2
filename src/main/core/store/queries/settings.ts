import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'

/** The stored JSON text, null when it was never set. */
export function selectSetting(db: ReadDb, key: string): string | null {
  const value = statement(db, 'SELECT value FROM settings WHERE key = ?').pluck().get(key)
  return typeof value === 'string' ? value : null
}

export function upsertSetting(db: WriteDb, key: string, value: string): void {
  statement(
    db,
    `INSERT INTO settings (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  ).run(key, value)
}
