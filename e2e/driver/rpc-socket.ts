import WebSocket from 'ws'
import { type ClientTransport, RpcClient } from '../../src/shared/rpc/client.js'
import type { HostAddress } from './host-process.js'

/** Another program's connection to a host. */
export function connectRpc(address: HostAddress): Promise<RpcClient> {
  const socket = new WebSocket(address.wsUrl, {
    headers: { authorization: `Bearer ${address.token}` },
  })
  const transport: ClientTransport = {
    send: (text) => socket.send(text),
    close: () => socket.close(),
    onText: (listener) => {
      socket.on('message', (data) => listener(String(data)))
    },
    onClose: (listener) => {
      socket.on('close', (_code, reason) => listener(String(reason) || 'the host has gone'))
    },
  }
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(new RpcClient(transport)))
    socket.once('error', reject)
  })
}
