import type { WindowRequest } from '../../shared/rpc/bridge.js'
import type { ClientTransport } from '../../shared/rpc/client.js'
import { currentText } from './text/text.js'

/** What the preload script puts on `window.smartAgents`; the only bridge to Electron. */
export interface PreloadBridge {
  send(text: string): void
  onText(listener: (text: string) => void): () => void
  onClose?(listener: (reason?: string) => void): () => void
  onRequest?(listener: (request: WindowRequest) => void): () => void
  readonly platform?: string
}

declare global {
  interface Window {
    readonly smartAgents?: PreloadBridge
  }
}

/** Where the host answers, but does not let this window in. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

export function bridgeTransport(bridge: PreloadBridge): ClientTransport {
  const unlisten: Array<() => void> = []
  return {
    send: (text) => bridge.send(text),
    onText: (listener) => unlisten.push(bridge.onText(listener)),
    onClose: (listener) => {
      const stop = bridge.onClose?.((reason) =>
        listener(reason ?? currentText().app.connection.closed),
      )
      if (stop) unlisten.push(stop)
    },
    close: () => {
      for (const stop of unlisten.splice(0)) stop()
    },
  }
}

/** Resolves when the socket is open. @throws when it cannot be opened or `signal` is aborted. */
export function openSocket(url: string, signal: AbortSignal): Promise<ClientTransport> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    const textListeners: Array<(text: string) => void> = []
    const closeListeners: Array<(reason: string) => void> = []
    const abort = () => {
      socket.close()
      reject(new Error('given up'))
    }
    signal.addEventListener('abort', abort, { once: true })
    socket.addEventListener('message', (event) => {
      for (const listener of textListeners) listener(String(event.data))
    })
    socket.addEventListener('close', (event) => {
      signal.removeEventListener('abort', abort)
      const reason = event.reason || currentText().app.connection.unreachable
      reject(new Error(reason))
      for (const listener of closeListeners) listener(reason)
    })
    socket.addEventListener('open', () =>
      resolve({
        send: (text) => socket.send(text),
        close: () => socket.close(),
        onText: (listener) => textListeners.push(listener),
        onClose: (listener) => closeListeners.push(listener),
      }),
    )
  })
}

const TOKEN = 'smart-agents.token'

/**
 * Takes the token out of the address bar, where it would end up in the history, and keeps it for
 * as long as this tab lives.
 */
export function takeToken(): string | null {
  const fromAddress = tokenIn(location.hash)
  if (fromAddress === null) return sessionStorage.getItem(TOKEN)
  sessionStorage.setItem(TOKEN, fromAddress)
  history.replaceState(null, '', location.pathname + location.search)
  return fromAddress
}

/** The token in the part of an address that is not sent. */
export function tokenIn(hash: string): string | null {
  return new URLSearchParams(hash.slice(1)).get('token')
}

/** Opens the way to the host that served this page: Electron's bridge, else a WebSocket. */
export function transportOpener(): (signal: AbortSignal) => Promise<ClientTransport> {
  const bridge = window.smartAgents
  if (bridge) return async () => bridgeTransport(bridge)
  takeToken()
  return async (signal) => {
    // Read each time: the address of a host that was started again brings a new one.
    const token = takeToken()
    if (token === null) {
      throw new RefusedError(currentText().app.connection.noToken)
    }
    const query = `rpc?token=${encodeURIComponent(token)}`
    try {
      return await openSocket(`${location.origin.replace(/^http/, 'ws')}/${query}`, signal)
    } catch (error) {
      if (await isRefused(`/${query}`, signal)) {
        // A new one may have come meanwhile, with a new address.
        if (sessionStorage.getItem(TOKEN) !== token) throw error
        sessionStorage.removeItem(TOKEN)
        throw new RefusedError(currentText().app.connection.unknownToken)
      }
      throw error
    }
  }
}

/** A browser does not tell why a socket was refused; the same request without upgrade does. */
async function isRefused(path: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(path, { signal })
    return response.status === 401 || response.status === 403
  } catch {
    // No answer at all: the host is away, which is not a refusal.
    return false
  }
}
