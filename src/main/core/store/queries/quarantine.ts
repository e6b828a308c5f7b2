import type { ReadDb, WriteDb } from '../database.js'
import { statement } from '../statement.js'

export interface QuarantinedRow {
  readonly table: string
  readonly rowKey: string
  readonly row: string
  readonly reason: string
  readonly atMs: number
}

/** Sets a row aside; the first report of it stays. */
export function insertQuarantine(db: WriteDb, entry: QuarantinedRow): void {
  statement(
    db,
    `INSERT INTO quarantine (table_name, row_key, row, reason, at_ms)
     VALUES (@table, @rowKey, @row, @reason, @atMs) ON CONFLICT DO NOTHING`,
  ).run(entry)
}

export function countQuarantined(db: ReadDb): number {
  return statement(db, 'SELECT count(*) FROM quarantine').pluck().get() as number
}
