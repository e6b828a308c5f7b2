import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SilentLogger } from '../../../../test/support/silent-logger.js'
import { createFileSecrets } from './file-secrets.js'

const KEY = 'anthropic-api-key'
let folder: string
let logger: SilentLogger

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-secrets-'))
  logger = new SilentLogger()
})

afterEach(() => rmSync(folder, { recursive: true }))

const open = () => createFileSecrets(folder, logger)
const file = () => join(folder, 'secrets.json')

describe('secrets in a file', () => {
  it('are kept until they are forgotten', () => {
    expect(open().get(KEY)).toBeNull()
    open().set(KEY, 'sk-ant-1')
    expect(open().get(KEY)).toBe('sk-ant-1')
    open().set(KEY, null)
    expect(open().get(KEY)).toBeNull()
    expect(readFileSync(file(), 'utf8')).not.toContain('sk-ant')
  })

  it.skipIf(process.platform === 'win32')('are readable by the owner alone, always', () => {
    open().set(KEY, 'sk-ant-1')
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    chmodSync(file(), 0o644)
    open()
    expect(statSync(file()).mode & 0o777).toBe(0o600)
  })

  it('count as absent when the file is damaged, and are not quoted in the log', () => {
    writeFileSync(file(), '{"anthropic-api-key": "sk-ant-1"')
    expect(open().get(KEY)).toBeNull()
    expect(logger.messages('warn')).toHaveLength(1)
    expect(JSON.stringify(logger.records)).not.toContain('sk-ant')
    open().set(KEY, 'sk-ant-2')
    expect(open().get(KEY)).toBe('sk-ant-2')
  })

  it('say where they could not be stored', () => {
    const secrets = open()
    rmSync(folder, { recursive: true })
    expect(() => secrets.set(KEY, 'x')).toThrow(file())
    expect(secrets.get(KEY)).toBeNull()
    mkdirSync(folder)
  })
})
