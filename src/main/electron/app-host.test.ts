import { describe, expect, it } from 'vitest'
import { RpcTestHost } from '../../../test/support/rpc-test-host.js'
import { SilentLogger } from '../../../test/support/silent-logger.js'
import { AppError } from '../../shared/rpc/errors.js'
import type { Host, StartedHost } from '../server/host.js'
import { startServer } from '../server/start-server.js'
import { AppHost } from './app-host.js'

const request = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'chat.create' })

/** What a window hears, one thing at a time. */
function listen(host: AppHost) {
  const queue: string[] = []
  let wake: () => void = () => undefined
  const say = (what: string) => {
    queue.push(what)
    wake()
  }
  const link = host.open({
    send: (text) => say(text.includes('"result"') ? 'answer' : text),
    closed: (reason) => say(`closed: ${reason}`),
  })
  const next = async () => {
    while (queue.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return queue.shift()
  }
  return { link, next, queue }
}

function ownedBy(rpc: RpcTestHost) {
  let stops = 0
  const host = {
    dispatcher: rpc.dispatcher,
    stop: async () => {
      stops += 1
      rpc.dispatcher.close('the host has ended')
    },
  } as unknown as Host
  return { started: { kind: 'owner', host } satisfies StartedHost, stops: () => stops }
}

async function serve(rpc: RpcTestHost) {
  const server = await startServer({
    port: 0,
    host: '127.0.0.1',
    token: 'secret',
    dispatcher: rpc.dispatcher,
    rendererDirectory: 'out/renderer',
    logger: new SilentLogger(),
  })
  const { url, wsUrl } = server
  const info = { url, wsUrl, token: 'secret', pid: 1, startedAt: 0 }
  return { server, started: { kind: 'owned', by: info } satisfies StartedHost }
}

describe('the host of an app', () => {
  it('is its own where nobody owns the data directory, and is started once', async () => {
    const { started, stops } = ownedBy(new RpcTestHost())
    let starts = 0
    const startHost = async () => {
      starts += 1
      return started
    }
    const host = new AppHost({ logger: new SilentLogger(), startHost })
    const windows = [listen(host), listen(host)]
    for (const { link } of windows) link.receive(request)
    for (const { next } of windows) expect(await next()).toBe('answer')
    expect(await host.start()).toBe(true)
    expect(starts).toBe(1)
    await Promise.all([host.stop(), host.stop()])
    expect(stops()).toBe(1)
    for (const { next } of windows) expect(await next()).toBe('closed: the host has ended')
  })

  it('is the owner of the data directory, until that ends and this app takes over', async () => {
    const other = await serve(new RpcTestHost())
    const { started } = ownedBy(new RpcTestHost())
    let isOwned = true
    const startHost = async () => (isOwned ? other.started : started)
    const host = new AppHost({ logger: new SilentLogger(), startHost })
    const first = listen(host)
    first.link.receive(request)
    expect(await first.next()).toBe('answer')
    await other.server.stop()
    expect(await first.next()).toBe('closed: the host has ended')
    const refused = listen(host)
    expect(await refused.next()).toMatch(/^closed: .*ECONNREFUSED/)
    isOwned = false
    const second = listen(host)
    second.link.receive(request)
    expect(await second.next()).toBe('answer')
    await host.stop()
  })

  it('tells a window why there is none', async () => {
    const outcomes: Array<() => Promise<StartedHost>> = [
      async () => ({ kind: 'owned', by: null }),
      async () => {
        throw new AppError('conflict', 'the database is newer than this program')
      },
    ]
    const startHost = () => (outcomes.shift() ?? (() => Promise.reject(new Error('no more'))))()
    const host = new AppHost({ logger: new SilentLogger(), startHost })
    expect(await listen(host).next()).toContain('closed: another program owns the data directory')
    expect(await listen(host).next()).toBe('closed: the database is newer than this program')
    await host.stop()
    expect(await listen(host).next()).toBe('closed: the app is about to quit')
  })

  it('says nothing to a window that has left', async () => {
    const { started } = ownedBy(new RpcTestHost())
    const host = new AppHost({ logger: new SilentLogger(), startHost: async () => started })
    const left = listen(host)
    left.link.receive(request)
    left.link.close()
    const stays = listen(host)
    stays.link.receive(request)
    expect(await stays.next()).toBe('answer')
    expect(left.queue).toEqual([])
    expect(started.host.dispatcher.connectionCount()).toBe(1)
    await host.stop()
  })
})
