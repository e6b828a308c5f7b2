import type { IpcRenderer } from 'electron'
import type {
  BridgeChannels,
  BridgeFromHost,
  BridgeToHost,
  HostBridge,
  WindowRequest,
} from '../shared/rpc/bridge.js'

const channels: BridgeChannels = {
  toHost: 'rpc:to-host',
  fromHost: 'rpc:from-host',
  request: 'window:request',
}
/** More than a person asks for while a page loads. */
const MOST_EARLY = 20

/** Makes the bridge of one page. */
export function createBridge(ipc: Pick<IpcRenderer, 'send' | 'on'>, platform: string): HostBridge {
  const textListeners = new Set<(text: string) => void>()
  const closeListeners = new Set<(reason: string) => void>()
  let connection: string | null = null
  const tell = (message: BridgeToHost) => ipc.send(channels.toHost, message)

  ipc.on(channels.fromHost, (_event, message: BridgeFromHost) => {
    // The rest of a connection that this page has left.
    if (message.connection !== connection) return
    if (message.kind === 'text') {
      for (const listener of textListeners) listener(message.text)
      return
    }
    connection = null
    for (const listener of closeListeners) listener(message.reason)
  })

  const requestListeners = new Set<(request: WindowRequest) => void>()
  let early: WindowRequest[] = []
  ipc.on(channels.request, (_event, request: WindowRequest) => {
    if (requestListeners.size === 0) early = [...early, request].slice(-MOST_EARLY)
    for (const listener of requestListeners) listener(request)
  })

  return {
    send(text) {
      if (connection !== null) tell({ kind: 'text', connection, text: String(text) })
    },
    onText(listener) {
      // Wrapped, so that handing in the same function twice makes two listeners.
      const heard = (text: string) => listener(text)
      if (textListeners.size === 0) {
        connection = crypto.randomUUID()
        tell({ kind: 'open', connection })
      }
      textListeners.add(heard)
      return () => {
        const wasLast = textListeners.delete(heard) && textListeners.size === 0
        if (!wasLast || connection === null) return
        tell({ kind: 'close', connection })
        connection = null
      }
    },
    onClose(listener) {
      const heard = (reason: string) => listener(reason)
      closeListeners.add(heard)
      return () => {
        closeListeners.delete(heard)
      }
    },
    onRequest(listener) {
      const heard = (request: WindowRequest) => listener(request)
      requestListeners.add(heard)
      for (const request of early.splice(0)) heard(request)
      return () => {
        requestListeners.delete(heard)
      }
    },
    platform,
  }
}
