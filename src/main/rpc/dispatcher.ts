import type { EventSource, Logger } from '../core/index.js'
import { Connection } from './connection.js'
import type { ClientInfo, Handlers } from './handler.js'

/** Why a host ends a connection: a message too long, a client too slow, a defect, or its own end. */
export type EndKind = 'oversize' | 'overload' | 'failure' | 'shutdown'

/** The other end of a connection, as a transport provides it. */
export interface Peer {
  /** Keeps the order. May be called after the other end is gone; the text is lost then. */
  send(text: string): void
  /** Ends the connection from this side; nothing is sent afterwards. */
  close(reason: string, kind: EndKind): void
  /** Bytes accepted by `send` that have not left yet; a transport without it never lags. */
  bufferedAmount?(): number
  /** Calls back whenever `bufferedAmount` has gone down to nothing. */
  onDrain?(listener: () => void): void
}

export interface DispatcherLimits {
  /** Longest request text, in UTF-16 units. */
  readonly maxRequestLength: number
  readonly maxRequestsInFlight: number
  /** Above it, events wait in the log. Bytes. */
  readonly congestedAbove: number
  /** Above it, the peer is taken for dead. Bytes. */
  readonly hopelessAbove: number
}

export const DEFAULT_DISPATCHER_LIMITS: DispatcherLimits = {
  maxRequestLength: 8 * 1024 * 1024,
  maxRequestsInFlight: 1000,
  congestedAbove: 1024 * 1024,
  hopelessAbove: 64 * 1024 * 1024,
}

export interface DispatcherOptions {
  readonly handlers: Handlers
  readonly events: EventSource
  readonly logger: Logger
  readonly limits?: Partial<DispatcherLimits>
}

export interface OpenConnection {
  /** Takes one message of the other end. */
  receive(text: string): void
  /** To be called once, when the other end is gone. */
  close(): void
}

export interface Dispatcher {
  open(peer: Peer, client: ClientInfo): OpenConnection
  connectionCount(): number
  /** Ends all connections. */
  close(reason: string): void
}

/** Speaks JSON-RPC 2.0 with any number of peers; knows no transport. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const limits = { ...DEFAULT_DISPATCHER_LIMITS, ...options.limits }
  const connections = new Set<Connection>()
  return {
    open(peer, client) {
      const onClose = () => connections.delete(connection)
      const connection: Connection = new Connection({ ...options, limits, peer, client, onClose })
      connections.add(connection)
      return connection
    },
    connectionCount: () => connections.size,
    close(reason) {
      for (const connection of connections) connection.end(reason, 'shutdown')
    },
  }
}
