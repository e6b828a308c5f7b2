import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseServeOptions } from './serve-options.js'

const parse = (argv: string[], env: Record<string, string> = {}) =>
  parseServeOptions(argv, { SMART_AGENTS_HOME: '/data', ...env }, tmpdir())

describe('the command line of serve', () => {
  it('has a default for everything', () => {
    expect(parse([])).toEqual({
      port: 0,
      address: '127.0.0.1',
      workspace: tmpdir(),
      dataDirectory: '/data',
      json: false,
      idleExitMinutes: null,
    })
  })

  it('takes what section 4.2 of the architecture names', () => {
    const argv = '--port 8080 --host ::1 --workspace / --data-dir d --json --idle-exit 10'.split(
      ' ',
    )
    expect(parse(argv)).toEqual({
      port: 8080,
      address: '::1',
      workspace: '/',
      dataDirectory: join(tmpdir(), 'd'),
      json: true,
      idleExitMinutes: 10,
    })
  })

  it.each([
    [['--port', '70000'], '--port: must be a number from 0'],
    [['--port', 'http'], 'not "http"'],
    [['--host', '0.0.0.0'], 'not "0.0.0.0"'],
    [['--workspace', '/no/such/folder'], '/no/such/folder does not exist'],
    [['--workspace', import.meta.filename], 'is not a folder'],
    [['--idle-exit', '0'], '--idle-exit'],
    [['--prot', '1'], '--prot'],
    [['extra'], 'extra'],
  ])('refuses %j', (argv, message) => {
    expect(() => parse(argv)).toThrow(
      expect.objectContaining({
        code: 'invalid_params',
        message: expect.stringContaining(message),
      }),
    )
  })
})
