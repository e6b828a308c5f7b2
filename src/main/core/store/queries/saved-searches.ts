import { z } from 'zod'
import { SavedFilter, type SavedSearch } from '../../../../shared/model/history.js'
import { SearchId } from '../../../../shared/model/ids.js'
import type { ReadDb, WriteDb } from '../database.js'
import { json, parseRows } from '../rows.js'
import { statement } from '../statement.js'

const SavedSearchRow = z
  .object({
    id: SearchId,
    name: z.string(),
    filter: json(SavedFilter),
    created_at_ms: z.number(),
  })
  .transform(
    (row): SavedSearch => ({
      searchId: row.id,
      name: row.name,
      filter: row.filter,
      createdAt: row.created_at_ms,
    }),
  )

/** In the order in which they were saved first. */
export function selectSavedSearches(db: WriteDb, atMs: number): SavedSearch[] {
  const rows = statement(db, 'SELECT * FROM saved_searches ORDER BY ordinal').all()
  const key = (row: unknown) => (row as { id: string }).id
  return parseRows(db, { table: 'saved_searches', key, atMs }, SavedSearchRow, rows)
}

export function selectSearchNamed(db: ReadDb, name: string): SearchId | undefined {
  return statement(db, 'SELECT id FROM saved_searches WHERE name = ?').pluck().get(name) as
    | SearchId
    | undefined
}

export function insertSavedSearch(db: WriteDb, search: SavedSearch): void {
  statement(
    db,
    `INSERT INTO saved_searches (id, name, filter, created_at_ms)
     VALUES (@searchId, @name, @filter, @createdAt)`,
  ).run({ ...search, filter: JSON.stringify(search.filter) })
}

/** False where there is none. */
export function updateSavedSearch(
  db: WriteDb,
  { searchId, name, filter }: Omit<SavedSearch, 'createdAt'>,
): boolean {
  const values = { searchId, name, filter: JSON.stringify(filter) }
  const sql = 'UPDATE saved_searches SET name = @name, filter = @filter WHERE id = @searchId'
  return statement(db, sql).run(values).changes === 1
}

export function deleteSavedSearch(db: WriteDb, searchId: SearchId): boolean {
  return statement(db, 'DELETE FROM saved_searches WHERE id = ?').run(searchId).changes === 1
}
