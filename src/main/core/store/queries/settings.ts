import type { z } from 'zod'
import type { WriteDb } from '../database.js'
import { json, parseRows } from '../rows.js'
import { statement } from '../statement.js'

/** What was stored; null when it was never set, or cannot be read and was set aside. */
export function selectSetting<S extends z.ZodType>(
  db: WriteDb,
  key: string,
  schema: S,
  atMs: number,
): z.output<S> | null {
  const text = statement(db, 'SELECT value FROM settings WHERE key = ?').pluck().get(key)
  if (text === undefined) return null
  const [value] = parseRows(db, { table: 'settings', key: () => key, atMs }, json(schema), [text])
  return value ?? null
}

export function upsertSetting(db: WriteDb, key: string, value: string): void {
  statement(
    db,
    `INSERT INTO settings (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  ).run(key, value)
}
