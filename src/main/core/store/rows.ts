import { z } from 'zod'
import { messageOf } from '../../../shared/rpc/errors.js'
import type { WriteDb } from './database.js'
import { insertQuarantine, type QuarantinedRow } from './queries/quarantine.js'

/** A column that holds JSON; what is in it must fit the schema. */
export function json<S extends z.ZodType>(schema: S) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch (error) {
        context.addIssue({ code: 'custom', message: messageOf(error) })
        return z.NEVER
      }
    })
    .pipe(schema)
}

/**
 * Reads rows that may be damaged: one that no longer parses is set aside with the reason, so that it
 * is never fatal and never lost, and the others are returned.
 */
export function parseRows<S extends z.ZodType>(
  db: WriteDb,
  source: { readonly table: string; readonly key: (row: unknown) => string; readonly atMs: number },
  schema: S,
  rows: readonly unknown[],
): z.output<S>[] {
  const good: z.output<S>[] = []
  for (const row of rows) {
    const parsed = schema.safeParse(row)
    if (parsed.success) {
      good.push(parsed.data)
      continue
    }
    setAside(db, {
      table: source.table,
      rowKey: source.key(row),
      row: JSON.stringify(row),
      reason: z.prettifyError(parsed.error),
      atMs: source.atMs,
    })
  }
  return good
}

function setAside(db: WriteDb, row: QuarantinedRow): void {
  const isRead = !db.inTransaction
  try {
    insertQuarantine(db, row)
  } catch (error) {
    // A read must not fail for it (a full disk): the row stays in its place and is met again.
    if (!isRead) throw error
  }
}
