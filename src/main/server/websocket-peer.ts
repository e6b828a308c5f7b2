import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import type { Logger } from '../core/ports.js'
import type { Dispatcher, EndKind, Peer } from '../rpc/dispatcher.js'

/** RFC 6455, section 7.4.1. */
export const GOING_AWAY = 1001
const CLOSE_CODES: Readonly<Record<EndKind, number>> = {
  oversize: 1009,
  overload: 1008,
  failure: 1011,
  shutdown: GOING_AWAY,
}
const UNSUPPORTED_DATA = 1003
const MAX_REASON_BYTES = 123
/** What an orderly end may take; a client that does not read never sees it. */
export const GOODBYE_LIMIT_MS = 1000

/**
 * Above the dispatcher's own limit, which answers in words; a frame beyond this one is cut off
 * unread, with code 1009.
 */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024

/** Says why when the protocol itself closes it, which `ws` does with the code alone. */
export class ExplainedSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const isOversize = code === CLOSE_CODES.oversize && reason === undefined
    super.close(code, isOversize ? `message larger than ${MAX_FRAME_BYTES} bytes` : reason)
  }
}

/** Connects a socket with the dispatcher for as long as it is open. */
export function attachWebSocket(
  socket: WebSocket,
  stream: Duplex,
  dispatcher: Dispatcher,
  logger: Logger,
): void {
  const peer: Peer = {
    send: (text) => socket.send(text),
    close: (reason, kind) => sayGoodbye(socket, CLOSE_CODES[kind], reason),
    bufferedAmount: () => socket.bufferedAmount,
    onDrain: (listener) => void stream.on('drain', listener),
  }
  const connection = dispatcher.open(peer, { transport: 'websocket' })
  socket.on('message', (data, isBinary) => {
    if (isBinary) sayGoodbye(socket, UNSUPPORTED_DATA, 'requests are text frames, not binary')
    else connection.receive(String(data))
  })
  // A frame too large, broken UTF-8, a lost peer: the socket closes by itself.
  socket.on('error', (error) => logger.info({ error }, 'a client connection failed'))
  socket.on('close', () => connection.close())
}

/** Tells the other end why, and cuts it off if it does not answer. */
export function sayGoodbye(socket: WebSocket, code: number, reason: string): void {
  const limit = setTimeout(() => socket.terminate(), GOODBYE_LIMIT_MS)
  socket.once('close', () => clearTimeout(limit))
  socket.close(code, shortened(reason))
}

function shortened(reason: string): string {
  let text = reason
  while (Buffer.byteLength(text) > MAX_REASON_BYTES) text = `${text.slice(0, -2).trimEnd()}…`
  return text
}
