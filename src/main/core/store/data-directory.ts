import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { AppError, messageOf } from '../../../shared/rpc/errors.js'
import { databaseError } from './database.js'

/** The right to use a data directory; held by at most one process at a time. */
export interface Ownership {
  readonly dataDirectory: string
  /** Gives the directory free. Harmless when it was called before. */
  release(): void
}

/**
 * Makes this process the owner of a data directory, which is created when it is missing.
 *
 * The lock is an exclusive transaction on `owner.db` that stays open: the operating system frees it
 * when the owner ends, however it ends, so there is no stale lock to clear up. Nothing is written.
 *
 * @returns null when another host is the owner
 * @throws AppError that names the directory when it cannot be used
 */
export function acquireOwnership(dataDirectory: string): Ownership | null {
  prepareDirectory(dataDirectory)
  const path = join(dataDirectory, 'owner.db')
  let db: Database.Database | undefined
  try {
    db = new Database(path, { timeout: 0 })
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db?.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
    throw databaseError(error, path)
  }
  const lock = db
  return { dataDirectory, release: () => void lock.close() }
}

function prepareDirectory(path: string): void {
  try {
    createDirectory(path)
    if (!statSync(path).isDirectory()) throw notADirectory(path)
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw directoryError(error, path)
  }
}

/** Node's own recursive `mkdir` never ends where a file system answers ENOENT, as /proc does. */
function createDirectory(path: string): void {
  const make = (): boolean => {
    try {
      mkdirSync(path, { mode: 0o700 })
      return true
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EEXIST') return true
      if (code === 'ENOENT') return false
      throw error
    }
  }
  if (make()) return
  if (dirname(path) !== path) createDirectory(dirname(path))
  if (!make()) throw new Error('no directory can be created there')
}

function directoryError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const options = { cause: error }
  switch (code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return notADirectory(path)
    case 'EACCES':
    case 'EPERM':
      return new AppError(
        'forbidden',
        `the data directory ${path} cannot be read and written by this user: check its owner and its ` +
          'permissions, or choose another with --data-dir or SMART_AGENTS_HOME',
        options,
      )
    case 'EROFS':
      return new AppError(
        'forbidden',
        `the data directory ${path} is on a read-only disk: choose another with --data-dir or ` +
          'SMART_AGENTS_HOME',
        options,
      )
    case 'ENOSPC':
      return new AppError('limit_exceeded', `no space is left on the disk for ${path}`, options)
    default:
      return new AppError(
        'internal',
        `the data directory ${path} cannot be used: ${messageOf(error)}`,
        options,
      )
  }
}

function notADirectory(path: string): AppError {
  return new AppError(
    'invalid_params',
    `the data directory ${path} is not a directory, or lies below a file: choose another with ` +
      '--data-dir or SMART_AGENTS_HOME',
  )
}
