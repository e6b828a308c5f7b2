import WebSocket from 'ws'
import type { ClientTransport } from '../../../shared/rpc/client.js'
import type { HostAddress } from './host-file.js'

const HANDSHAKE_LIMIT_MS = 5_000
/** A task's result may be large; beyond this the connection is closed by this side. */
const LARGEST_MESSAGE_BYTES = 256 * 1024 * 1024

/**
 * Opens the connection to a host.
 * @throws Error when nothing answers there, or what answers does not know the token
 */
export function openSocket(address: HostAddress): Promise<ClientTransport> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address.wsUrl, {
      headers: { authorization: `Bearer ${address.token}` },
      handshakeTimeout: HANDSHAKE_LIMIT_MS,
      maxPayload: LARGEST_MESSAGE_BYTES,
      perMessageDeflate: false,
    })
    const textListeners: Array<(text: string) => void> = []
    const closeListeners: Array<(reason: string) => void> = []
    let failure = ''
    socket.on('message', (data, isBinary) => {
      if (isBinary) return
      const text = data.toString()
      for (const listener of textListeners) listener(text)
    })
    socket.on('unexpected-response', (request, response) => {
      request.destroy()
      reject(new Error(`${address.url} refused the connection with HTTP ${response.statusCode}`))
    })
    socket.on('error', (error) => {
      failure = error.message
      reject(error)
    })
    socket.on('close', (code, reason) => {
      const why = reason.toString() || failure || `the socket was closed (${code})`
      for (const listener of closeListeners) listener(why)
    })
    socket.on('open', () =>
      resolve({
        send: (text) => socket.send(text),
        close: () => socket.close(),
        onText: (listener) => textListeners.push(listener),
        onClose: (listener) => closeListeners.push(listener),
      }),
    )
  })
}
