import { contextBridge, ipcRenderer } from 'electron'
import type {
  BridgeChannels,
  BridgeFromHost,
  BridgeToHost,
  HostBridge,
} from '../shared/rpc/bridge.js'

const channels: BridgeChannels = { toHost: 'rpc:to-host', fromHost: 'rpc:from-host' }

const textListeners = new Set<(text: string) => void>()
const closeListeners = new Set<(reason: string) => void>()
let connection: string | null = null

function tell(message: BridgeToHost): void {
  ipcRenderer.send(channels.toHost, message)
}

ipcRenderer.on(channels.fromHost, (_event, message: BridgeFromHost) => {
  // The rest of a connection that this page has left.
  if (message.connection !== connection) return
  if (message.kind === 'text') {
    for (const listener of textListeners) listener(message.text)
    return
  }
  connection = null
  for (const listener of closeListeners) listener(message.reason)
})

const bridge: HostBridge = {
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
      const last = textListeners.delete(heard) && textListeners.size === 0
      if (!last || connection === null) return
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
  platform: process.platform,
}

contextBridge.exposeInMainWorld('smartAgents', bridge)
