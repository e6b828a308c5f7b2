import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { App, LoginItemSettings, Settings } from 'electron'
import { type StandInBrowser, startBrowser } from './browser.js'
import { schemesAreFinal } from './protocol.js'
import { type SecondInstance, takeLock } from './single-instance.js'

const manifest: { readonly version: string } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'),
)

type Promised =
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'getName'
  | 'getVersion'
  | 'isPackaged'
  | 'getPath'
  | 'setPath'
  | 'requestSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'enableSandbox'
  | 'focus'
  | 'getAppPath'
  | 'getPreferredSystemLanguages'
  | 'setBadgeCount'
  | 'getBadgeCount'
  | 'setAsDefaultProtocolClient'
  | 'setLoginItemSettings'
  | 'setAppUserModelId'

/** Windows, as far as the app's life depends on them. */
export interface Closable {
  /** False when the page or a listener refuses. */
  tryClose(): Promise<boolean>
}

/** An event whose listeners may stop what it announces. */
export class PreventableEvent {
  defaultPrevented = false
  preventDefault(): void {
    this.defaultPrevented = true
  }
}

/**
 * The app's life as Electron documents it:
 *
 *   start → ready → before-quit → (windows close) → will-quit → quit → exit
 *
 * `quit` may be refused by a listener of before-quit, of a window's close, or of will-quit.
 */
export class StandInApp extends EventEmitter implements Pick<App, Promised> {
  readonly isPackaged = false
  readonly protocols = new Set<string>()
  readonly windows = new Set<Closable>()
  readonly #paths = new Map<string, string>([
    ['userData', path.join(os.tmpdir(), 'smart-agents-stand-in')],
    ['home', os.homedir()],
    ['temp', os.tmpdir()],
  ])
  readonly #started = Promise.withResolvers<void>()
  #browser: StandInBrowser | null = null
  #hasLock = false
  #badge = 0
  #openAtLogin = false
  #isQuitting = false

  constructor() {
    super()
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => this.quit())
    }
  }

  get browser(): StandInBrowser {
    if (this.#browser === null) throw new Error('windows need the app to be ready')
    return this.#browser
  }

  /** Electron becomes ready by itself, after the main script has run. */
  async start(prepare: (browser: StandInBrowser) => Promise<void>): Promise<void> {
    if (this.#isQuitting) return
    this.#browser = await startBrowser(this.getPath('userData'))
    await prepare(this.#browser)
    schemesAreFinal()
    this.#started.resolve()
    this.emit('will-finish-launching')
    this.emit('ready', {}, {})
  }

  whenReady(): Promise<void> {
    return this.#started.promise
  }

  isReady(): boolean {
    return this.#browser !== null
  }

  getName(): string {
    return 'Smart Agents'
  }

  getVersion(): string {
    return manifest.version
  }

  getPath(name: string): string {
    const found = this.#paths.get(name)
    if (found === undefined) throw new Error(`the stand-in has no path '${name}'`)
    return found
  }

  setPath(name: string, value: string): void {
    this.#paths.set(name, value)
  }

  requestSingleInstanceLock(): boolean {
    this.#hasLock ||= takeLock(this.getPath('userData'), (second) => this.#second(second))
    return this.#hasLock
  }

  hasSingleInstanceLock(): boolean {
    return this.#hasLock
  }

  enableSandbox(): void {
    if (this.isReady()) throw new Error('app.enableSandbox must be called before the app is ready')
  }

  getAppPath(): string {
    return path.join(import.meta.dirname, '../..')
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-US']
  }

  setAppUserModelId(_id: string): void {
    // There are no taskbar buttons to tell apart.
  }

  setBadgeCount(count = 0): boolean {
    this.#badge = count
    return true
  }

  getBadgeCount(): number {
    return this.#badge
  }

  setAsDefaultProtocolClient(protocol: string): boolean {
    this.protocols.add(protocol)
    return true
  }

  setLoginItemSettings({ openAtLogin = false }: Settings): void {
    this.#openAtLogin = openAtLogin
  }

  getLoginItemSettings(): Pick<LoginItemSettings, 'openAtLogin' | 'wasOpenedAtLogin'> {
    return { openAtLogin: this.#openAtLogin, wasOpenedAtLogin: false }
  }

  focus(): void {
    this.emit('stand-in-focus')
  }

  quit(): void {
    if (this.#isQuitting) return
    this.#isQuitting = true
    // As Electron does, after the current turn of the event loop.
    setImmediate(() => void this.#quit())
  }

  exit(code = 0): void {
    this.emit('quit', {}, code)
    const gone = this.#browser?.context.close() ?? Promise.resolve()
    gone.finally(() => process.exit(code))
  }

  windowClosed(window: Closable): void {
    this.windows.delete(window)
    if (this.windows.size > 0 || this.#isQuitting) return
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }

  async #quit(): Promise<void> {
    const refused = (name: string) => {
      const event = new PreventableEvent()
      this.emit(name, event)
      return event.defaultPrevented
    }
    this.#isQuitting = !refused('before-quit')
    for (const window of this.#isQuitting ? [...this.windows] : []) {
      this.#isQuitting = await window.tryClose()
      if (!this.#isQuitting) return
    }
    if (!this.#isQuitting) return
    if (refused('will-quit')) this.#isQuitting = false
    else this.exit(0)
  }

  #second({ argv, workingDirectory }: SecondInstance): void {
    this.emit('second-instance', {}, argv, workingDirectory, null)
  }
}

export const app = new StandInApp()
