import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Host, type HostOptions, startHost } from '../../src/main/server/host.js'
import { RpcClient } from '../../src/shared/rpc/client.js'
import { releaseOwner, trackOwner } from '../support/leak-check.js'
import { openTestSocket } from '../support/rpc-websocket-client.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-life-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

function optionsFor(dataDirectory: string, environment: Record<string, string> = {}): HostOptions {
  return {
    kind: 'server',
    version: '1.2.3',
    programRoot: folder,
    rendererDirectory: join(folder, 'renderer'),
    dataDirectory,
    workspace: folder,
    environment,
    port: 0,
    address: '127.0.0.1',
  }
}

/** Runs a host as long as `use` takes. */
async function withHost<T>(options: HostOptions, use: (host: Host) => Promise<T>): Promise<T> {
  const started = await startHost(options)
  if (started.kind === 'owned') throw new Error('another host is the owner')
  const owner = trackOwner('host', () => started.host.stop())
  try {
    return await use(started.host)
  } finally {
    await started.host.stop()
    releaseOwner(owner)
  }
}

async function connect({ info }: Host): Promise<RpcClient> {
  const { transport } = await openTestSocket(info.wsUrl, { authorization: `Bearer ${info.token}` })
  return new RpcClient(transport)
}

describe('a host', () => {
  it('says where it is, serves, and leaves nothing but the data behind', async () => {
    const data = join(folder, 'data')
    const file = join(data, 'host.json')
    await withHost(optionsFor(data), async (host) => {
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(host.info)
      expect(statSync(file).mode & 0o777).toBe(0o600)
      const client = await connect(host)
      expect(await client.call('system.health', {})).toMatchObject({
        status: 'ok',
        version: '1.2.3',
        pid: process.pid,
        host: 'server',
        dataDirectory: data,
        workspace: folder,
        seq: 0,
        quarantined: 0,
      })
      client.close()
    })
    expect(existsSync(file)).toBe(false)
  })

  it('is the only one of its data directory, and tells others where it is', async () => {
    await withHost(optionsFor(folder), async (host) => {
      expect(await startHost(optionsFor(folder))).toEqual({ kind: 'owned', by: host.info })
      // The loser has not touched what belongs to the winner.
      expect(existsSync(join(folder, 'host.json'))).toBe(true)
      const client = await connect(host)
      await client.call('chat.create', {})
      client.close()
    })
    await withHost(optionsFor(folder), async (host) => {
      const client = await connect(host)
      expect((await client.call('chat.list', {})).conversations).toHaveLength(1)
      client.close()
    })
  })

  it('is found again where it was, with a new token, unless somebody else is there by then', async () => {
    const options = optionsFor(join(folder, 'data'))
    const portOf = ({ info }: Host) => new URL(info.wsUrl).port
    const first = await withHost(options, async (host) => host)
    const second = await withHost(options, async (host) => host)
    expect(portOf(second)).toBe(portOf(first))
    expect(second.info.token).not.toBe(first.info.token)
    const other = createServer().listen(Number(portOf(first)), '127.0.0.1')
    await once(other, 'listening')
    try {
      const third = await withHost(options, async (host) => host)
      expect(portOf(third)).not.toBe(portOf(first))
    } finally {
      other.close()
    }
  })

  it('gives everything back when it cannot start', async () => {
    const taken = await withHost(optionsFor(join(folder, 'a')), async (host) => {
      const port = Number(new URL(host.info.wsUrl).port)
      await expect(startHost({ ...optionsFor(join(folder, 'b')), port })).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining(`${port} is in use`),
      })
      return port
    })
    await withHost({ ...optionsFor(join(folder, 'b')), port: taken }, async (host) => {
      expect(host.info.wsUrl).toContain(`:${taken}/`)
    })
  })

  it('answers a task that was run by a command, without its own secrets', async () => {
    const environment = { PATH: process.env.PATH ?? '', ANTHROPIC_API_KEY: 'sk-ant-test-secret' }
    await withHost(optionsFor(folder, environment), async (host) => {
      const client = await connect(host)
      const { taskId } = await client.call('task.submit', {
        description: 'shows its environment',
        type: 'command',
        command: 'env; echo done',
      })
      const result = await client.call('task.result', { taskId, waitMs: 15_000 })
      expect(result?.success).toBe(true)
      const { text } = await client.call('task.log', { taskId })
      expect(text).toContain('done')
      expect(text).toContain('SMART_AGENTS_MARKER=')
      expect(text).not.toContain('sk-ant')
      client.close()
    })
    expect(readFileSync(join(folder, 'logs', 'host.log'), 'utf8')).not.toContain('sk-ant')
  })
})
