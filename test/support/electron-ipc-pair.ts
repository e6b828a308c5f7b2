import { EventEmitter } from 'node:events'
import type { BrowserWindow, IpcRenderer } from 'electron'
import { APP_ORIGIN } from '../../src/main/electron/app-protocol.js'
import { channels } from '../../src/main/electron/window-link.js'
import { createBridge } from '../../src/preload/bridge.js'
import type { ClientTransport } from '../../src/shared/rpc/client.js'

type Listener = Parameters<IpcRenderer['on']>[1]

/**
 * A window and its page without Electron: messages are cloned and arrive later, in order, as they do
 * between two processes.
 */
export class ElectronIpcPair {
  readonly window: BrowserWindow
  readonly contents = Object.assign(new EventEmitter(), {
    ipc: new EventEmitter(),
    isDestroyed: () => this.#isClosed,
    send: (channel: string, message: unknown) => {
      const clone: unknown = structuredClone(message)
      setImmediate(() => {
        if (!this.#isClosed) this.#page.emit(channel, {}, clone)
      })
    },
  })
  readonly #frame = Object.assign(new EventEmitter(), { webContents: this.contents })
  readonly #page = new EventEmitter()
  #isClosed = false

  constructor() {
    this.window = this.#frame as unknown as BrowserWindow
  }

  /** A page of this window, as the renderer sees it. */
  connect(): ClientTransport {
    const ipc: Pick<IpcRenderer, 'send' | 'on'> = {
      send: (_channel, message) => this.receive(message, { parent: null, origin: APP_ORIGIN }),
      on: (channel, listener: Listener) => {
        this.#page.on(channel, listener)
        return ipc as IpcRenderer
      },
    }
    const bridge = createBridge(ipc, 'test')
    const stops: Array<() => void> = []
    return {
      send: (text) => bridge.send(text),
      onText: (listener) => stops.push(bridge.onText(listener)),
      onClose: (listener) => stops.push(bridge.onClose(listener)),
      close: () => {
        for (const stop of stops.splice(0)) stop()
      },
    }
  }

  /** A message as the main process receives it, from any frame. */
  receive(message: unknown, senderFrame: object | null): void {
    const clone: unknown = structuredClone(message)
    setImmediate(() => {
      if (this.#isClosed) return
      this.contents.ipc.emit(channels.toHost, { sender: this.contents, senderFrame }, clone)
    })
  }

  navigate(isSameDocument = false): void {
    this.contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument })
  }

  close(): void {
    this.#isClosed = true
    this.#frame.emit('closed')
  }
}
