import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../shared/rpc/errors.js'
import { createPinoLogger, type OwnedLogger } from './pino-logger.js'

let dataDirectory: string
let logger: OwnedLogger

beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'pino-logger-'))
})

afterEach(() => {
  logger.close()
  rmSync(dataDirectory, { recursive: true })
})

const text = () => readFileSync(join(dataDirectory, 'logs', 'host.log'), 'utf8')

describe('the log of a host', () => {
  it('holds one JSON line per message, with the causes of an error', () => {
    logger = createPinoLogger({ dataDirectory })
    const cause = new Error('disk full')
    logger.error(
      { error: new AppError('internal', 'not stored', { cause }), taskId: 'task_1' },
      'failed',
    )
    const line = JSON.parse(text())
    expect(line).toMatchObject({ msg: 'failed', taskId: 'task_1', error: { code: 'internal' } })
    expect(line.error.message).toContain('not stored')
    expect(JSON.stringify(line)).toContain('disk full')
  })

  it('leaves out what is below its level', () => {
    logger = createPinoLogger({ dataDirectory, level: 'warn' })
    logger.info({}, 'quiet')
    logger.warn({}, 'loud')
    expect(text()).not.toContain('quiet')
    expect(text()).toContain('loud')
  })

  it('never holds a secret', () => {
    logger = createPinoLogger({ dataDirectory })
    logger.hide('correct"horse')
    logger.info(
      { settings: { apiKey: 'abcdefgh' }, token: 'ijklmnop' },
      'set sk-ant-api03-secret_part-x',
    )
    logger.info(
      { url: '/rpc?token=qrstuvwx&a=1', header: 'Bearer yzabcdef' },
      'has correct"horse in it',
    )
    expect(text()).not.toMatch(/abcdefgh|ijklmnop|secret_part|qrstuvwx|yzabcdef|horse/)
    expect(text().match(/\[hidden\]/g)).toHaveLength(6)
  })

  it('stays within its size and keeps the newest lines', () => {
    logger = createPinoLogger({ dataDirectory, maxFileBytes: 2000 })
    for (let number = 0; number < 200; number++) logger.info({ number }, 'x'.repeat(100))
    const folder = join(dataDirectory, 'logs')
    const files = readdirSync(folder)
    expect(files.sort()).toEqual(['host.log', 'host.log.1', 'host.log.2', 'host.log.3'])
    for (const file of files) expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(2000)
    expect(JSON.parse(text().trim().split('\n').at(-1) ?? '')).toMatchObject({ number: 199 })
  })

  it('does not stop the program when it cannot be written', () => {
    logger = createPinoLogger({ dataDirectory })
    rmSync(join(dataDirectory, 'logs'), { recursive: true })
    expect(() => logger.info({}, 'into nothing')).not.toThrow()
  })
})
