import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acquireOwnership } from './data-directory.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-directory-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

/** Another process that holds the lock until it is killed. */
async function otherOwner(directory: string) {
  const sqlite = createRequire(import.meta.url).resolve('better-sqlite3')
  const script = `
    const Database = require(${JSON.stringify(sqlite)})
    const db = new Database(${JSON.stringify(join(directory, 'owner.db'))}, { timeout: 0 })
    db.exec('BEGIN EXCLUSIVE')
    console.log('owner')
    setInterval(() => db.open, 1000)`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return {
    kill: () =>
      new Promise((resolve) => {
        child.once('close', resolve)
        child.kill('SIGKILL')
      }),
  }
}

/** Root may do everything, so that there would be nothing to refuse. */
function asSomebodyElse(): () => void {
  if (process.geteuid?.() !== 0) return () => undefined
  process.seteuid?.(65_534)
  return () => process.seteuid?.(0)
}

describe('the ownership of a data directory', () => {
  it('creates the directory for its user alone', () => {
    const path = join(folder, 'a', 'b')
    const owner = acquireOwnership(path)
    expect(owner?.dataDirectory).toBe(path)
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o700)
    owner?.release()
  })

  it('belongs to one at a time', () => {
    const first = acquireOwnership(folder)
    expect(acquireOwnership(folder)).toBeNull()
    first?.release()
    first?.release()
    const second = acquireOwnership(folder)
    expect(second).not.toBeNull()
    expect(acquireOwnership(folder)).toBeNull()
    second?.release()
  })

  it('is free at once when its owner was killed', async () => {
    const owner = await otherOwner(folder)
    expect(acquireOwnership(folder)).toBeNull()
    await owner.kill()
    const next = acquireOwnership(folder)
    expect(next).not.toBeNull()
    next?.release()
  })

  it('writes nothing into the lock', () => {
    acquireOwnership(folder)?.release()
    expect(statSync(join(folder, 'owner.db')).size).toBe(0)
    expect(existsSync(join(folder, 'owner.db-journal'))).toBe(false)
  })

  it.each([
    ['a file', () => folder, 'invalid_params', 'is not a directory'],
    ['something below a file', () => folder, 'invalid_params', 'lies below a file'],
  ])('cannot be had of %s', (what, base, code, message) => {
    const file = join(base(), 'file')
    writeFileSync(file, '')
    const path = what === 'a file' ? file : join(file, 'below')
    expect(() => acquireOwnership(path)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    )
  })

  it('cannot be had where the lock is something else', () => {
    writeFileSync(
      join(folder, 'owner.db'),
      'not a database, and long enough to be read as one'.repeat(50),
    )
    expect(() => acquireOwnership(folder)).toThrow(
      expect.objectContaining({
        code: 'invalid_state',
        message: expect.stringContaining('owner.db'),
      }),
    )
  })

  it.skipIf(process.platform === 'win32')('cannot be had where this user may not write', () => {
    const path = join(folder, 'foreign')
    mkdirSync(path, { mode: 0o500 })
    const backToSelf = asSomebodyElse()
    try {
      for (const wanted of [path, join(path, 'below')]) {
        expect(() => acquireOwnership(wanted)).toThrow(
          expect.objectContaining({ code: 'forbidden', message: expect.stringContaining(wanted) }),
        )
      }
    } finally {
      backToSelf()
      chmodSync(path, 0o700)
    }
  })

  it.runIf(existsSync('/proc/self'))('cannot be had where nothing can be created', () => {
    expect(() => acquireOwnership('/proc/self/smart-agents')).toThrow('/proc/self/smart-agents')
  })
})
