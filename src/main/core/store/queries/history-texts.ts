import type { ReadDb } from '../database.js'
import { statement } from '../statement.js'

/** What is exported of an entry besides what a search shows. */
export interface FullTexts {
  readonly text: string
  readonly command: string | null
  readonly error: string | null
  /** Stored JSON; null where there is none. */
  readonly result: string | null
}

/** Characters that one piece of an export reads. */
const MOST_CHARACTERS = 2_000_000

/** Of entries in their order, until they are long together: of at least one. Null of one that is gone. */
export function selectFullTexts(
  db: ReadDb,
  entries: readonly { readonly kind: 'task' | 'message'; readonly id: string }[],
): (FullTexts | null)[] {
  const task = statement(
    db,
    'SELECT description AS text, command, error_message AS error, result FROM tasks WHERE id = ?',
  )
  const message = statement(
    db,
    'SELECT text, NULL AS command, NULL AS error, NULL AS result FROM messages WHERE id = ?',
  )
  const texts: (FullTexts | null)[] = []
  let characters = 0
  for (const { kind, id } of entries) {
    const found = ((kind === 'task' ? task : message).get(id) as FullTexts | undefined) ?? null
    texts.push(found)
    characters += (found?.text.length ?? 0) + (found?.result?.length ?? 0)
    if (characters >= MOST_CHARACTERS) break
  }
  return texts
}

/** The stored result of a task; null without one. */
export function selectResultText(db: ReadDb, taskId: string): string | null {
  const found = statement(db, 'SELECT result FROM tasks WHERE id = ?').pluck().get(taskId)
  return (found as string | null | undefined) ?? null
}
