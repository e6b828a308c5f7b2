import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import { LATEST_VERSION, migrations } from './migrations/index.js'

declare const access: unique symbol

/** A connection that may only be read from. */
export type ReadDb = Database.Database & { readonly [access]?: 'read' | 'write' }
/** The one connection of the owner that may write. */
export type WriteDb = Database.Database & { readonly [access]?: 'write' }

/** Pages in the write-ahead log from which a commit copies them into the database. */
export const CHECKPOINT_PAGES = 2000

export interface OpenOptions {
  readonly path: string
  /** Full durability against power loss, at the price of one fsync per commit. */
  readonly synchronous?: 'normal' | 'full'
  /** Where a copy is put before an upgrade; default: beside the database. */
  readonly backupPath?: (fromVersion: number) => string
}

/**
 * Opens the database for writing and brings it to the newest version.
 * @throws AppError `conflict` for a newer or locked one, `invalid_state` for one that is no database
 * or is damaged, `forbidden` for one that may not be read or written, `limit_exceeded` for a full disk.
 */
export function openDatabase(options: OpenOptions): WriteDb {
  const { path } = options
  let db: WriteDb | undefined
  try {
    // The files beside it (-wal, -shm) get the same permissions as the database itself.
    if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600))
    db = new Database(path, { timeout: 1000 })
    db.pragma('journal_mode = WAL')
    db.pragma(`synchronous = ${options.synchronous === 'full' ? 'FULL' : 'NORMAL'}`)
    db.pragma('foreign_keys = ON')
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    db.pragma('cache_size = -32000')
    migrate(db, options)
    // From here on a wait blocks everything else: better an error, which its caller can act on.
    db.pragma('busy_timeout = 200')
    return db
  } catch (error) {
    db?.close()
    throw databaseError(error, path)
  }
}

function migrate(db: WriteDb, { path, backupPath }: OpenOptions): void {
  const version = db.pragma('user_version', { simple: true })
  if (typeof version !== 'number') throw new TypeError(`user_version is ${String(version)}`)
  if (version > LATEST_VERSION) {
    throw new AppError(
      'conflict',
      `${path} was written by a newer Smart Agents (database version ${version}; this program knows ` +
        `${LATEST_VERSION}): update this program, or use another data directory`,
    )
  }
  if (version === LATEST_VERSION) return
  if (version > 0) {
    backUp(db, backupPath?.(version) ?? `${path}.before-version-${LATEST_VERSION}.bak`)
  }
  for (const migration of migrations) {
    if (migration.version <= version) continue
    db.transaction(() => {
      db.exec(migration.sql)
      db.pragma(`user_version = ${migration.version}`)
    })()
  }
}

/** Under its own name the copy is whole: one that was cut short is made anew. */
function backUp(db: WriteDb, copy: string): void {
  if (existsSync(copy)) return
  const unfinished = `${copy}.unfinished`
  rmSync(unfinished, { force: true })
  // SQLite fills an empty file; it holds what the database holds, so nobody else may read it.
  closeSync(openSync(unfinished, 'w', 0o600))
  db.exec(`VACUUM INTO '${unfinished.replaceAll("'", "''")}'`)
  renameSync(unfinished, copy)
}

/** Says in words what SQLite or the file system said in codes. */
export function databaseError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error
  const sqliteCode = error instanceof Database.SqliteError ? error.code : ''
  const options = { cause: error }
  if (sqliteCode === 'SQLITE_FULL') {
    return new AppError(
      'limit_exceeded',
      `the disk that holds ${path} is full: nothing of this was stored; free some space and try again`,
      options,
    )
  }
  if (sqliteCode.startsWith('SQLITE_BUSY') || sqliteCode.startsWith('SQLITE_LOCKED')) {
    return new AppError(
      'conflict',
      `${path} is locked by another program: close it (a database browser, a backup) and try again`,
      options,
    )
  }
  if (sqliteCode === 'SQLITE_NOTADB' || sqliteCode.startsWith('SQLITE_CORRUPT')) {
    return new AppError(
      'invalid_state',
      `${path} is not a readable database (${messageOf(error)}): move it away to start empty, or put back ` +
        'a copy of it',
      options,
    )
  }
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|AUTH)/.test(sqliteCode) || isPermissionError(error)) {
    return new AppError(
      'forbidden',
      `${path} cannot be opened for writing (${messageOf(error)}): check its owner and its permissions`,
      options,
    )
  }
  return new AppError('internal', `${path}: ${messageOf(error)}`, options)
}

function isPermissionError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    ['EACCES', 'EPERM', 'EROFS'].includes(error.code)
  )
}
