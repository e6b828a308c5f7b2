import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SilentLogger } from '../../../../../test/support/silent-logger.js'
import { SimulatedClock } from '../../../../../test/support/simulated-clock.js'
import { AgentLogs } from './agent-logs.js'

let root: string
let logs: AgentLogs
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'agent-logs-'))
  logs = new AgentLogs({
    folder: join(root, 'logs'),
    clock: new SimulatedClock(),
    logger: new SilentLogger(),
    mask: (text) => text.replaceAll('secret-key', '***'),
  })
})
afterEach(async () => {
  await logs.close()
  await rm(root, { recursive: true })
})

const agent = (agentId: string, sessionId = 's') => ({ sessionId, agentId })

describe('the log of an agent', () => {
  it('holds what was noted, a line each, without secrets', async () => {
    logs.note(agent('a'), 'idle → active')
    logs.note(agent('a'), 'two\n  lines, and secret-key')
    logs.note(agent('b'), 'another')
    const [first, second, ...more] = await logs.read(agent('a'), 10)
    expect(first).toBe('2026-01-01T00:00:00.000Z idle → active')
    expect(second).toMatch(/two ⏎ lines, and \*\*\*$/)
    expect(more).toEqual([])
    expect(await logs.read(agent('a'), 1)).toEqual([second])
    expect(await logs.read(agent('nobody'), 1)).toEqual([])
  })

  it('stays in its folder, whatever agent and session are called', async () => {
    logs.note(agent('..', '../../..'), 'x')
    logs.note(agent('a', '/etc'), 'x')
    await logs.close()
    expect(await readdir(root)).toEqual(['logs'])
    expect(await logs.read(agent('..', '../../..'), 1)).toHaveLength(1)
  })

  it('goes with its agent', async () => {
    logs.note(agent('a'), 'old')
    logs.forget(agent('a'))
    logs.note(agent('b'), 'other')
    await logs.close()
    expect(await logs.read(agent('a'), 9)).toEqual([])
    logs.note(agent('a'), 'new')
    expect(await logs.read(agent('a'), 9)).toHaveLength(1)
    expect(await logs.read(agent('b'), 9)).toHaveLength(1)
  })

  it('keeps the newest two files of about a megabyte', async () => {
    for (let n = 0; n < 6; n++) {
      for (let line = 0; line < 400; line++) logs.note(agent('a'), `${n} ${'x'.repeat(1900)}`)
      await logs.close()
    }
    const [session = ''] = await readdir(join(root, 'logs'))
    const files = await readdir(join(root, 'logs', session))
    expect(files).toHaveLength(2)
    for (const file of files) {
      expect((await stat(join(root, 'logs', session, file))).size).toBeLessThan(2_500_000)
    }
    expect((await logs.read(agent('a'), 1))[0]).toContain(' 5 xxx')
  })
})
