import WebSocket from 'ws'
import type { ClientTransport } from '../../src/shared/rpc/client.js'

export interface TestSocket {
  readonly transport: ClientTransport
  readonly socket: WebSocket
}

/** Opens a socket as a program would. @throws Error with the HTTP status when it is refused */
export async function openTestSocket(
  url: string,
  headers: Record<string, string> = {},
): Promise<TestSocket> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => undefined)
  return {
    socket,
    transport: {
      send: (text) => socket.send(text),
      close: () => socket.close(),
      onText: (listener) => void socket.on('message', (data) => listener(String(data))),
      onClose: (listener) =>
        void socket.on('close', (code, reason) => listener(String(reason) || `code ${code}`)),
    },
  }
}
