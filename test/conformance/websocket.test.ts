import type { Dispatcher } from '../../src/main/rpc/dispatcher.js'
import { startServer } from '../../src/main/server/start-server.js'
import { openTestSocket } from '../support/rpc-websocket-client.js'
import { SilentLogger } from '../support/silent-logger.js'
import { describeBackpressure, describeTransport } from './transport-suite.js'

async function serve(dispatcher: Dispatcher) {
  const server = await startServer({
    port: 0,
    host: '127.0.0.1',
    token: 'secret',
    dispatcher,
    rendererDirectory: 'out/renderer',
    logger: new SilentLogger(),
  })
  const open = () => openTestSocket(server.wsUrl, { authorization: 'Bearer secret' })
  return {
    connect: async () => (await open()).transport,
    connectSlow: async () => {
      const { transport, socket } = await open()
      return { transport, pause: () => socket.pause(), resume: () => socket.resume() }
    },
    close: () => server.stop(),
  }
}

describeTransport('WebSocket', serve)
describeBackpressure('WebSocket', serve)
