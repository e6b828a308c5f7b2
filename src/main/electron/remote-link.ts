import WebSocket from 'ws'
import { messageOf } from '../../shared/rpc/errors.js'
import type { HostLink, HostPeer } from './host-access.js'

/** The longest that a host on this machine may take to answer. */
const HANDSHAKE_LIMIT_MS = 5000
/** Bytes of one message of a host. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024

export interface RemoteHost {
  readonly wsUrl: string
  readonly token: string
}

/** Pipes the text of a window to a host in another process, and back. */
export function openRemoteLink(host: RemoteHost, peer: HostPeer): HostLink {
  const socket = new WebSocket(host.wsUrl, {
    headers: { authorization: `Bearer ${host.token}` },
    handshakeTimeout: HANDSHAKE_LIMIT_MS,
    maxPayload: MAX_MESSAGE_BYTES,
  })
  const early: string[] = []
  let failure: string | null = null
  let left = false

  socket.on('open', () => {
    for (const text of early.splice(0)) socket.send(text)
  })
  socket.on('message', (data, isBinary) => {
    if (!left && !isBinary) peer.send(String(data))
  })
  socket.on('error', (error) => {
    // 'close' follows and tells it.
    failure = messageOf(error)
  })
  socket.on('close', (_code, reason) => {
    if (left) return
    left = true
    peer.closed(String(reason) || failure || 'the host that owns the data directory has ended')
  })
  return {
    receive: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
      else if (socket.readyState === WebSocket.CONNECTING) early.push(text)
    },
    close: () => {
      left = true
      socket.close()
    },
  }
}
