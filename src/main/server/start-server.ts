import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { AppError, messageOf } from '../../shared/rpc/errors.js'
import type { Logger } from '../core/ports.js'
import type { Dispatcher } from '../rpc/dispatcher.js'
import {
  type AccessRules,
  checkHost,
  checkOrigin,
  checkToken,
  type Refusal,
} from './access-check.js'
import { refuse, refuseUpgrade } from './http-answers.js'
import { authorityOf, loopbackAddress } from './listen-address.js'
import { serveFile } from './static-files.js'
import {
  attachWebSocket,
  ExplainedSocket,
  GOING_AWAY,
  GOODBYE_LIMIT_MS,
  MAX_FRAME_BYTES,
  sayGoodbye,
} from './websocket-peer.js'

const RPC_PATH = '/rpc'
const HEARTBEAT_MS = 30_000

export interface ServerOptions {
  /** 0 for any free one. */
  readonly port: number
  /** Which one is taken of the free ones, where it is free. */
  readonly usualPort?: number | null
  /** A loopback address. */
  readonly host: string
  readonly token: string
  readonly dispatcher: Dispatcher
  /** Built pages of the app. */
  readonly rendererDirectory: string
  readonly logger: Logger
  readonly heartbeatMs?: number
}

export interface RunningServer {
  readonly port: number
  /** For a browser; the token stands in the fragment, which is not sent and not logged. */
  readonly url: string
  /** For programs; without the token. */
  readonly wsUrl: string
  stop(): Promise<void>
}

/**
 * Serves the pages of the app and JSON-RPC over WebSocket, to this machine alone.
 * @throws AppError `invalid_params` for an address that others could reach, `conflict` for a port in use
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const address = loopbackAddress(options.host)
  const { dispatcher, logger, token } = options
  const server = createServer()
  const port = await listenAtUsual(server, address, options)
  const rules: AccessRules = { address, port, token }
  const sockets = new WebSocketServer({
    noServer: true,
    WebSocket: ExplainedSocket,
    maxPayload: MAX_FRAME_BYTES,
    // A client that sends hundreds of requests at once must not hold up those of others.
    allowSynchronousEvents: false,
    perMessageDeflate: false,
    clientTracking: true,
  })
  const heartbeat = startHeartbeat(sockets, options.heartbeatMs ?? HEARTBEAT_MS)
  server.on('request', (request, response) => {
    answer(request, response, rules, options.rendererDirectory).catch((error: unknown) => {
      if (response.destroyed) return
      logger.warn({ error, path: request.url }, `a page could not be served: ${messageOf(error)}`)
      response.destroy()
    })
  })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', (error) => logger.debug({ error }, 'a client went away'))
    const refusal = checkUpgrade(request, rules)
    if (refusal !== null) {
      refuseUpgrade(stream, refusal)
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      heartbeat.watch(socket)
      attachWebSocket(socket, stream, dispatcher, logger)
    })
  })
  const authority = authorityOf(address, port)
  return {
    port,
    url: `http://${authority}/#token=${encodeURIComponent(token)}`,
    wsUrl: `ws://${authority}${RPC_PATH}`,
    stop: async () => {
      heartbeat.stop()
      await stop(server, sockets)
    },
  }
}

async function listenAtUsual(
  server: Server,
  address: string,
  { port, usualPort = null }: Pick<ServerOptions, 'port' | 'usualPort'>,
): Promise<number> {
  if (port !== 0 || usualPort === null) return listen(server, address, port)
  try {
    return await listen(server, address, usualPort)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // Somebody else has it by now; any other will do.
    return listen(server, address, 0)
  }
}

async function listen(server: Server, address: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen({ host: address, port }, resolve)
  try {
    await promise
  } catch (error) {
    throw listenError(error, authorityOf(address, port))
  }
  server.off('error', reject)
  return (server.address() as AddressInfo).port
}

function listenError(error: unknown, authority: string): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const options = { cause: error }
  if (code === 'EADDRINUSE') {
    const text = `port: ${authority} is in use by another program; choose another port, or 0 for any free one`
    return new AppError('conflict', text, options)
  }
  if (code === 'EACCES') {
    const text = `port: ${authority} may not be used by this user; choose one above 1023, or 0 for any free one`
    return new AppError('forbidden', text, options)
  }
  return new AppError('internal', `cannot listen on ${authority}: ${messageOf(error)}`, options)
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  rules: AccessRules,
  rendererDirectory: string,
): Promise<void> {
  const url = urlOf(request)
  const refusal = url === null ? MALFORMED : checkHost(request.headers, rules)
  if (refusal !== null || url === null) {
    refuse(response, refusal ?? MALFORMED)
    return
  }
  if (url.pathname !== RPC_PATH) {
    await serveFile(request, response, url.pathname, rendererDirectory)
    return
  }
  // A page whose socket was refused asks again like this, to learn why.
  refuse(response, checkUpgrade(request, rules) ?? NEEDS_UPGRADE)
}

const MALFORMED: Refusal = {
  status: 400,
  code: 'invalid_params',
  message: 'the address of the request is malformed',
}
const NEEDS_UPGRADE: Refusal = {
  status: 426,
  code: 'invalid_params',
  message: 'requests are sent over a WebSocket: connect to this address with ws://',
}

function checkUpgrade(request: IncomingMessage, rules: AccessRules): Refusal | null {
  const { headers } = request
  const url = urlOf(request)
  if (url === null) return MALFORMED
  const refusal = checkHost(headers, rules) ?? checkOrigin(headers)
  if (refusal !== null) return refusal
  if (url.pathname !== RPC_PATH) {
    return { status: 404, code: 'not_found', message: `WebSockets are served at ${RPC_PATH}` }
  }
  return checkToken(headers, url, rules)
}

/** Null for what is no path, such as the address of another server. */
function urlOf({ url }: IncomingMessage): URL | null {
  return url?.startsWith('/') ? URL.parse(`http://host${url}`) : null
}

/** Drops clients that no longer answer, as after a machine slept or a tunnel broke. */
function startHeartbeat(sockets: WebSocketServer, everyMs: number) {
  const silent = new WeakSet<WebSocket>()
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) {
        socket.terminate()
        continue
      }
      silent.add(socket)
      socket.ping()
    }
  }, everyMs)
  timer.unref()
  return {
    watch: (socket: WebSocket) => void socket.on('pong', () => silent.delete(socket)),
    stop: () => clearInterval(timer),
  }
}

async function stop(server: Server, sockets: WebSocketServer): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const ended = [...sockets.clients].map(whenClosed)
  server.closeIdleConnections()
  for (const socket of sockets.clients) sayGoodbye(socket, GOING_AWAY, 'the host has ended')
  const limit = setTimeout(() => server.closeAllConnections(), GOODBYE_LIMIT_MS)
  try {
    await Promise.all([closed, ...ended])
  } finally {
    clearTimeout(limit)
    sockets.close()
  }
}

function whenClosed(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}
