import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HostAccess } from '../../src/main/electron/host-access.js'
import { openLocalLink } from '../../src/main/electron/local-link.js'
import { openRemoteLink } from '../../src/main/electron/remote-link.js'
import { linkWindow } from '../../src/main/electron/window-link.js'
import { startServer } from '../../src/main/server/start-server.js'
import { RpcClient } from '../../src/shared/rpc/client.js'
import { ElectronIpcPair } from '../support/electron-ipc-pair.js'
import { RpcTestHost } from '../support/rpc-test-host.js'
import { SilentLogger } from '../support/silent-logger.js'
import { describeTransport } from './transport-suite.js'

/** Each connection of the suite is a window of its own. */
function windowsOn(access: HostAccess) {
  const pairs: ElectronIpcPair[] = []
  return {
    connect: async () => {
      const pair = new ElectronIpcPair()
      pairs.push(pair)
      linkWindow(pair.window, access, new SilentLogger())
      return pair.connect()
    },
    close: () => {
      for (const pair of pairs) pair.close()
    },
  }
}

describeTransport('Electron IPC', async (dispatcher) => {
  const windows = windowsOn({ open: (peer) => openLocalLink(dispatcher, peer) })
  return { connect: windows.connect, close: async () => windows.close() }
})

describeTransport('Electron IPC, piped to another host', async (dispatcher) => {
  const logger = new SilentLogger()
  const token = 'secret'
  const place = { port: 0, host: '127.0.0.1', rendererDirectory: 'out/renderer' }
  const server = await startServer({ ...place, token, dispatcher, logger })
  const windows = windowsOn({
    open: (peer) => openRemoteLink({ wsUrl: server.wsUrl, token }, peer),
  })
  return {
    connect: windows.connect,
    close: async () => {
      windows.close()
      await server.stop()
    },
  }
})

describe('a window', () => {
  let host: RpcTestHost
  let pair: ElectronIpcPair

  beforeEach(() => {
    host = new RpcTestHost()
    pair = new ElectronIpcPair()
    linkWindow(pair.window, { open: (peer) => openLocalLink(host.dispatcher, peer) }, host.logger)
  })

  afterEach(() => {
    pair.close()
    expect(host.dispatcher.connectionCount()).toBe(0)
  })

  it('ends the connection of a page that is left, and serves the next', async () => {
    const client = new RpcClient(pair.connect())
    const closed = new Promise((resolve) => client.onClose(resolve))
    await client.call('chat.list', {}).catch(() => undefined)
    pair.navigate(true)
    expect(host.dispatcher.connectionCount()).toBe(1)
    pair.navigate()
    expect(host.dispatcher.connectionCount()).toBe(0)
    expect(await closed).toContain('loaded again')
    const next = new RpcClient(pair.connect())
    await next.call('chat.create', {})
    expect(host.dispatcher.connectionCount()).toBe(1)
  })

  it('answers nothing to a call of a connection before', async () => {
    const transport = pair.connect()
    const client = new RpcClient(transport)
    const conversationId = host.create()
    const waiting = client.call('chat.stop', { conversationId })
    const failed = expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    client.close()
    await failed
    const again = new RpcClient(transport)
    await expect(again.call('chat.create', {})).resolves.toMatchObject({
      conversationId: expect.stringMatching(/^conv_/),
    })
  })

  it('does not listen to other frames, other origins and malformed messages', async () => {
    const own = { parent: null, origin: 'app://smart-agents' }
    const opening = { kind: 'open', connection: 'foreign' }
    pair.receive(opening, { ...own, parent: own })
    pair.receive(opening, { ...own, origin: 'https://smart-agents' })
    pair.receive(opening, { ...own, origin: 'null' })
    pair.receive(opening, null)
    pair.receive({ kind: 'open' }, own)
    pair.receive({ kind: 'open', connection: 'foreign', more: true }, own)
    pair.receive('open', own)
    await new RpcClient(pair.connect()).call('chat.create', {})
    expect(host.dispatcher.connectionCount()).toBe(1)
  })
})
