import type { CommandId } from '../model/command-id.js'
import type { Place } from '../model/place.js'

/** What menus, links and notifications ask of a window. */
export type WindowRequest =
  | { readonly kind: 'command'; readonly command: CommandId }
  /** Null: somebody followed a link that leads nowhere. */
  | { readonly kind: 'place'; readonly place: Place | null }

/** What the preload script puts on `window.smartAgents`: the only way from a window to its host. */
export interface HostBridge {
  /** Sends JSON-RPC text on the connection that the first text listener opened. */
  send(text: string): void
  /**
   * The first listener opens a connection, and the last one to stop listening ends it, so that a
   * page that starts anew never receives an answer meant for what it was before.
   *
   * @returns how to stop listening
   */
  onText(listener: (text: string) => void): () => void
  /** Called once per connection that the host ended; `reason` is for a person. */
  onClose(listener: (reason: string) => void): () => void
  /**
   * What was asked before the first listener came is kept for it.
   *
   * @returns how to stop listening
   */
  onRequest(listener: (request: WindowRequest) => void): () => void
  /** As `process.platform` of the host. */
  readonly platform: string
}

/** The Electron IPC channels that carry it. */
export interface BridgeChannels {
  readonly toHost: 'rpc:to-host'
  readonly fromHost: 'rpc:from-host'
  readonly request: 'window:request'
}

/** `connection` is a random name that a page gives to each of its connections. */
export type BridgeToHost =
  | { readonly kind: 'open'; readonly connection: string }
  | { readonly kind: 'text'; readonly connection: string; readonly text: string }
  | { readonly kind: 'close'; readonly connection: string }

export type BridgeFromHost =
  | { readonly kind: 'text'; readonly connection: string; readonly text: string }
  | { readonly kind: 'closed'; readonly connection: string; readonly reason: string }
