import type { Dispatcher } from '../rpc/dispatcher.js'
import type { HostLink, HostPeer } from './host-access.js'

/** Connects a window to the dispatcher of this process. */
export function openLocalLink(dispatcher: Dispatcher, peer: HostPeer): HostLink {
  const connection = dispatcher.open(
    {
      send: (text) => peer.send(text),
      close: (reason) => {
        connection.close()
        peer.closed(reason)
      },
    },
    { transport: 'electron' },
  )
  return connection
}
