import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { BrowserContext, Frame, Page, Request } from '@playwright/test'
import type {
  HandlerDetails,
  IpcMainEvent,
  LoadURLOptions,
  WebContents,
  WebFrameMain,
  WebPreferences,
  WindowOpenHandlerResponse,
} from 'electron'
import { fromBrowser, originOf, toBrowser } from './addresses.js'
import { PreventableEvent } from './app.js'
import { deliver, type Envelope, installPreload } from './preload-world.js'
import { session } from './system.js'

type Promised =
  | 'id'
  | 'send'
  | 'reload'
  | 'executeJavaScript'
  | 'forcefullyCrashRenderer'
  | 'loadURL'
  | 'getURL'
  | 'isDestroyed'
  | 'setWindowOpenHandler'
  | 'replaceMisspelling'
  | 'setZoomFactor'
  | 'getZoomFactor'

export interface WebContentsOptions {
  readonly context: BrowserContext
  readonly webPreferences: WebPreferences
  readonly width: number
  readonly height: number
}

const all = new Set<StandInWebContents>()
let nextId = 1

/** One page of the browser. It is opened in the background; whatever is asked of it waits for it. */
export class StandInWebContents extends EventEmitter implements Pick<WebContents, Promised> {
  readonly id = nextId++
  /** Messages of this page alone; Electron tells them here and on `ipcMain`. */
  readonly ipc = new EventEmitter()
  readonly session: typeof session.defaultSession = session.defaultSession
  readonly #options: WebContentsOptions
  #page: Promise<Page>
  #shown: Page | null = null
  #openHandler: ((details: HandlerDetails) => WindowOpenHandlerResponse) | null = null
  #outbox: Envelope[] = []
  #isSending = false
  #isDestroyed = false
  #hasCrashed = false
  /** Where it was told to go last. */
  #url = ''
  /** The next navigation was asked for by the app and not by the page. */
  #isOwnNavigation = false
  #zoomFactor = 1

  constructor(options: WebContentsOptions) {
    super()
    refuseWhatCannotBePlayed(options.webPreferences)
    this.#options = options
    all.add(this)
    this.#page = this.#open()
  }

  static all(): readonly StandInWebContents[] {
    return [...all]
  }

  owns(page: Page): boolean {
    return page === this.#shown
  }

  getURL(): string {
    return this.#shown === null ? this.#url : fromBrowser(this.#shown.url())
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  async loadURL(url: string, _options?: LoadURLOptions): Promise<void> {
    this.#url = url
    const page = await this.#page
    this.#isOwnNavigation = true
    await page.goto(toBrowser(url), { waitUntil: 'load' })
  }

  reload(): void {
    if (this.#hasCrashed) {
      this.#hasCrashed = false
      this.#page = this.#open()
    }
    const url = this.#url
    this.#inBackground(async (page) => {
      this.#isOwnNavigation = true
      await page.goto(toBrowser(url))
    })
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const page = await this.#page
    return page.evaluate(code)
  }

  forcefullyCrashRenderer(): void {
    // The page does not live to see the end of it.
    this.#inBackground((page) => page.goto('chrome://crash').catch(() => undefined))
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed')
    this.#outbox.push([channel, structuredClone(args)])
    if (!this.#isSending) this.#inBackground(() => this.#flush())
  }

  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.#openHandler = handler
  }

  setZoomFactor(factor: number): void {
    this.#zoomFactor = factor
  }

  getZoomFactor(): number {
    return this.#zoomFactor
  }

  replaceMisspelling(text: string): void {
    this.#inBackground((page) => page.keyboard.insertText(text))
  }

  /** Whether the page may start a navigation; tells the app of it as Electron does. */
  mayNavigate(request: Request, frame: Frame): boolean {
    const url = fromBrowser(request.url())
    const isMainFrame = frame.parentFrame() === null
    const isOwn = isMainFrame && this.#isOwnNavigation
    if (isMainFrame) this.#isOwnNavigation = false
    if (!isOwn) {
      const details = { url, isMainFrame, isSameDocument: false, frame: frameOf(frame) }
      const names = isMainFrame ? ['will-frame-navigate', 'will-navigate'] : ['will-frame-navigate']
      for (const name of names) {
        const event = Object.assign(new PreventableEvent(), details)
        this.emit(name, event, url)
        if (event.defaultPrevented) return false
      }
    }
    this.emit('did-start-navigation', { url, isMainFrame, isSameDocument: false })
    return true
  }

  /** The page asked for another window; the stand-in opens none, whatever the answer. */
  #askedForWindow(url: string): void {
    const details: HandlerDetails = {
      url: fromBrowser(url),
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: this.getURL(), policy: 'no-referrer' },
    }
    const answer = this.#openHandler?.(details)
    if (answer?.action !== 'deny') throw new Error(`the app would open a window for ${url}`)
  }

  /** Asks the page whether it may be left, then leaves it. */
  async close(): Promise<void> {
    const page = await this.#page
    await page.close()
  }

  async #open(): Promise<Page> {
    const { context, webPreferences, width, height } = this.#options
    const { preload } = webPreferences
    const first = context.pages().find((page) => all.size === 1 && page.url() === 'about:blank')
    const page = first ?? (await context.newPage())
    this.#shown = page
    await page.setViewportSize({ width, height })
    if (this.session.grants('clipboard-sanitized-write', 'app://smart-agents')) {
      await context.grantPermissions(['clipboard-write'])
    }
    if (preload !== undefined) {
      const source = readFileSync(preload, 'utf8')
      await installPreload(page, source, (frame, channel, args) => {
        this.#received(frame, channel, args)
      })
    }
    await this.#hearOfWindows(page)
    page.on('domcontentloaded', () => this.emit('dom-ready', {}))
    page.on('load', () => this.emit('did-finish-load', {}))
    page.on('crash', () => {
      this.#shown = null
      this.#hasCrashed = true
      void page.close()
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 })
    })
    page.on('close', () => {
      if (page !== this.#shown) return
      this.#isDestroyed = true
      all.delete(this)
      this.emit('destroyed')
    })
    return page
  }

  /** Chromium says what a page asks for; a window that it opens meanwhile may be gone before it loads anything. */
  async #hearOfWindows(page: Page): Promise<void> {
    const session = await page.context().newCDPSession(page)
    session.on('Page.windowOpen', ({ url }) => this.#askedForWindow(url))
    await session.send('Page.enable')
    page.on('popup', (popup) => void popup.close())
  }

  #received(frame: Frame, channel: string, args: readonly unknown[]): void {
    const event = {
      type: 'frame',
      reply: (name: string, ...values: unknown[]) => this.send(name, ...values),
      sender: this,
      senderFrame: frameOf(frame),
    } satisfies Record<
      keyof Pick<IpcMainEvent, 'type' | 'reply' | 'sender' | 'senderFrame'>,
      unknown
    >
    this.ipc.emit(channel, event, ...args)
    ipcMain.emit(channel, event, ...args)
  }

  async #flush(): Promise<void> {
    this.#isSending = true
    try {
      while (this.#outbox.length > 0 && this.#shown !== null) {
        const page = this.#shown
        await deliver(page, this.#outbox.splice(0))
      }
    } finally {
      this.#isSending = false
    }
  }

  /** What a page that is being left does not hear or do is lost, as in Electron. */
  #inBackground(act: (page: Page) => Promise<unknown>): void {
    this.#page.then(act).catch((error: unknown) => {
      if (!this.#isDestroyed) this.emit('stand-in-lost', error)
    })
  }
}

export const ipcMain = new EventEmitter()

function frameOf(frame: Frame): Pick<WebFrameMain, 'url' | 'origin' | 'name'> & {
  readonly parent: object | null
} {
  const parent = frame.parentFrame()
  return {
    url: fromBrowser(frame.url()),
    origin: originOf(frame.url()),
    name: frame.name(),
    parent: parent === null ? null : frameOf(parent),
  }
}

/** Here a page is always sandboxed and on its own; an app that asks for less would be shown as safe. */
function refuseWhatCannotBePlayed(preferences: WebPreferences): void {
  const asked = { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true }
  for (const name of ['sandbox', 'contextIsolation', 'nodeIntegration', 'webSecurity'] as const) {
    if (preferences[name] === asked[name]) continue
    throw new Error(`the stand-in plays ${name}: ${asked[name]}, not ${preferences[name]}`)
  }
}
