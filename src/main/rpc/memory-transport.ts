import type { ClientTransport } from '../../shared/rpc/client.js'
import type { Dispatcher } from './dispatcher.js'

/**
 * A client inside the process of the host. As with a socket, neither side runs inside a call of
 * the other, and what was sent before the end still arrives.
 */
export function connectInMemory(dispatcher: Dispatcher): ClientTransport {
  const textListeners: ((text: string) => void)[] = []
  const closeListeners: ((reason: string) => void)[] = []
  let open = true
  const finish = (reason: string) => {
    if (!open) return
    open = false
    connection.close()
    for (const listener of closeListeners) listener(reason)
  }
  const deliver = (text: string) => {
    if (!open) return
    for (const listener of textListeners) listener(text)
  }
  const connection = dispatcher.open(
    {
      send: (text) => queueMicrotask(() => deliver(text)),
      close: (reason) => queueMicrotask(() => finish(reason)),
    },
    { transport: 'memory' },
  )
  return {
    send: (text) =>
      queueMicrotask(() => {
        if (open) connection.receive(text)
      }),
    close: () => finish('closed by this side'),
    onText: (listener) => void textListeners.push(listener),
    onClose: (listener) => void closeListeners.push(listener),
  }
}
