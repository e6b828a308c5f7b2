import type { Frame, Page } from '@playwright/test'

/** What the page's side of IPC calls; gone from the page before the page's own scripts run. */
const BINDING = '__standInSend'
/** Where the host's side finds the page's; a symbol, so that no name is added to `window`. */
const DELIVER = 'electron-stand-in.deliver'

export type IpcListener = (frame: Frame, channel: string, args: readonly unknown[]) => void
export type Envelope = readonly [channel: string, args: readonly unknown[]]

/**
 * Runs a built preload script in a page before the page's own scripts, with what a sandboxed
 * preload has: `require('electron')`, and a `process` that says little.
 *
 * It shares the page's world, so that this says nothing about context isolation; what the bridge
 * exposes goes through a copy that is frozen, as contextBridge does it.
 */
export async function installPreload(
  page: Page,
  source: string,
  onMessage: IpcListener,
): Promise<void> {
  await page.exposeBinding(BINDING, ({ frame }, channel: string, args: readonly unknown[]) =>
    onMessage(frame, channel, args),
  )
  const facts = { platform: process.platform, versions: { electron: '45.0.0-stand-in' } }
  await page.addInitScript({
    content: `(${inPage.toString()})(
      ${JSON.stringify({ binding: BINDING, deliver: DELIVER, facts })},
      function (require, module, exports, process) {\n${source}\n}
    )`,
  })
}

/** Hands messages to the page in order. @throws when the page is gone or on its way elsewhere */
export async function deliver(page: Page, envelopes: readonly Envelope[]): Promise<void> {
  await page.evaluate(
    ([name, messages]) => {
      const receive = Reflect.get(window, Symbol.for(name))
      if (receive) for (const [channel, args] of messages) receive(channel, args)
    },
    [DELIVER, envelopes] as const,
  )
}

interface InPageOptions {
  readonly binding: string
  readonly deliver: string
  readonly facts: { readonly platform: string; readonly versions: object }
}

type Preload = (
  require: (name: string) => unknown,
  module: { exports: object },
  exports: object,
  process: object,
) => void

/** Serialised into the page: it may use nothing from outside its own body. */
function inPage(options: InPageOptions, preload: Preload): void {
  const send = Reflect.get(window, options.binding)
  Reflect.deleteProperty(window, options.binding)
  // Preload scripts run in the main frame alone.
  if (window.top !== window) return
  const listeners = new Map<string, Set<(event: object, ...args: unknown[]) => void>>()
  const on = (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
    const known = listeners.get(channel) ?? new Set()
    listeners.set(channel, known.add(listener))
  }
  Object.defineProperty(window, Symbol.for(options.deliver), {
    enumerable: false,
    value: (channel: string, args: unknown[]) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...args)
    },
  })
  const copy = (value: unknown): unknown => {
    if (typeof value === 'function') return (...args: unknown[]) => copy(value(...args))
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return Object.freeze(value.map(copy))
    return Object.freeze(
      Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)])),
    )
  }
  const electron = {
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown) => {
        if (key in window) throw new Error(`window.${key} exists already`)
        Object.defineProperty(window, key, { value: copy(api), enumerable: true })
      },
    },
    ipcRenderer: {
      send: (channel: string, ...args: unknown[]) => {
        // Structured clone refuses what JSON would drop in silence, as Electron's IPC does.
        void send(channel, structuredClone(args))
      },
      on,
      off: (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
        listeners.get(channel)?.delete(listener)
      },
    },
  }
  const require = (name: string) => {
    if (name === 'electron') return electron
    throw new Error(`module not found: ${name}`)
  }
  const module = { exports: {} }
  preload(require, module, module.exports, { ...options.facts, env: {}, type: 'renderer' })
}
