import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databaseError, openDatabase } from './database.js'
import { LATEST_VERSION } from './migrations/index.js'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-'))
  path = join(folder, 'test.db')
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
})

function opening(): unknown {
  try {
    openDatabase({ path }).close()
    return null
  } catch (error) {
    return error
  }
}

describe('opening the database', () => {
  it('creates the newest version, in WAL, and opens it again', () => {
    const db = openDatabase({ path, synchronous: 'full' })
    expect(db.pragma('user_version', { simple: true })).toBe(LATEST_VERSION)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    db.close()
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(opening()).toBeNull()
    expect(existsSync(`${path}.before-version-${LATEST_VERSION}.bak`)).toBe(false)
  })

  it('refuses one that a newer program wrote, and leaves it as it is', () => {
    const newer = new Database(path)
    newer.pragma('user_version = 9999')
    newer.close()
    expect(opening()).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/newer Smart Agents \(database version 9999/),
    })
  })

  it('says that a file is no database', () => {
    writeFileSync(
      path,
      'this is a text file, and long enough to be read as a header of something else',
    )
    expect(opening()).toMatchObject({
      code: 'invalid_state',
      message: expect.stringContaining(path),
    })
  })

  it('says that a folder is missing', () => {
    path = join(folder, 'none', 'test.db')
    expect(opening()).toMatchObject({ code: 'internal', message: expect.stringContaining(path) })
  })

  it('says that another program holds it', () => {
    openDatabase({ path }).close()
    const other = new Database(path)
    other.pragma('locking_mode = EXCLUSIVE')
    other.exec('BEGIN EXCLUSIVE')
    expect(opening()).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/locked by another program/),
    })
    other.close()
  })
})

describe('an error of the database', () => {
  const sqlite = (code: string) => new Database.SqliteError('reason', code)
  it.each([
    [sqlite('SQLITE_FULL'), 'limit_exceeded', /disk that holds .* is full/],
    [sqlite('SQLITE_BUSY'), 'conflict', /locked/],
    [sqlite('SQLITE_CORRUPT'), 'invalid_state', /not a readable database/],
    [sqlite('SQLITE_READONLY'), 'forbidden', /permissions/],
    [sqlite('SQLITE_CANTOPEN'), 'forbidden', /permissions/],
    [Object.assign(new Error('denied'), { code: 'EACCES' }), 'forbidden', /permissions/],
    [sqlite('SQLITE_IOERR'), 'internal', /reason/],
  ])('%s has its own words', (error, code, message) => {
    expect(databaseError(error, '/some/where.db')).toMatchObject({
      code,
      message: expect.stringMatching(message),
      cause: error,
    })
  })
})
