import { EventEmitter } from 'node:events'
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  ProgressBarOptions,
  Rectangle,
} from 'electron'
import { app, type Closable, PreventableEvent } from './app.js'
import type { StandInImage } from './tray.js'
import { StandInWebContents } from './web-contents.js'

type Promised =
  | 'id'
  | 'loadURL'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'show'
  | 'hide'
  | 'isVisible'
  | 'focus'
  | 'isFocused'
  | 'blur'
  | 'minimize'
  | 'isMinimized'
  | 'restore'
  | 'maximize'
  | 'isMaximized'
  | 'getNormalBounds'
  | 'setBounds'
  | 'setBackgroundColor'
  | 'getBackgroundColor'
  | 'getTitle'
  | 'setProgressBar'
  | 'flashFrame'

const DEFAULT_WIDTH = 800
const DEFAULT_HEIGHT = 600
let focused: StandInWindow | null = null
let nextId = 1

/** A window without a frame around it: a page, and the state that its app has asked for. */
export class StandInWindow extends EventEmitter implements Pick<BrowserWindow, Promised>, Closable {
  readonly id = nextId++
  readonly webContents: StandInWebContents
  #bounds: Rectangle
  readonly #title: string
  #background: string
  #isVisible: boolean
  #isMinimized = false
  #isMaximized = false
  #isDestroyed = false
  /** What the taskbar would show. */
  readonly taskbar = { progress: -1, mode: 'none', overlay: '', isFlashing: false }

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    const { x = 0, y = 0, width = DEFAULT_WIDTH, height = DEFAULT_HEIGHT } = options
    const { webPreferences = {} } = options
    this.#bounds = { x, y, width, height }
    this.#title = options.title ?? ''
    this.#background = options.backgroundColor ?? '#FFFFFF'
    this.#isVisible = options.show ?? true
    const { context } = app.browser
    this.webContents = new StandInWebContents({ context, webPreferences, width, height })
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
    this.webContents.once('destroyed', () => this.#gone())
    app.windows.add(this)
    app.emit('browser-window-created', {}, this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  static getAllWindows(): StandInWindow[] {
    return [...app.windows].filter((window) => window instanceof StandInWindow)
  }

  static getFocusedWindow(): StandInWindow | null {
    return focused
  }

  static fromWebContents(contents: StandInWebContents): StandInWindow | null {
    return StandInWindow.getAllWindows().find((one) => one.webContents === contents) ?? null
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }

  close(): void {
    void this.tryClose()
  }

  destroy(): void {
    void this.webContents.close()
  }

  async tryClose(): Promise<boolean> {
    if (this.#isDestroyed) return true
    const event = new PreventableEvent()
    this.emit('close', event)
    if (event.defaultPrevented) return false
    await this.webContents.close()
    return true
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  show(): void {
    this.#isVisible = true
    this.emit('show')
    this.focus()
  }

  hide(): void {
    this.#isVisible = false
    this.emit('hide')
    this.blur()
  }

  isVisible(): boolean {
    return this.#isVisible && !this.#isMinimized
  }

  focus(): void {
    if (focused === this || !this.isVisible()) return
    focused = this
    this.emit('focus')
  }

  /** Somebody turned to another window. */
  blur(): void {
    if (focused !== this) return
    focused = null
    this.emit('blur')
  }

  isFocused(): boolean {
    return focused === this
  }

  minimize(): void {
    this.#isMinimized = true
    this.blur()
    this.emit('minimize')
  }

  isMinimized(): boolean {
    return this.#isMinimized
  }

  restore(): void {
    this.#isMinimized = false
    this.emit('restore')
  }

  maximize(): void {
    this.#isMaximized = true
    this.emit('maximize')
  }

  isMaximized(): boolean {
    return this.#isMaximized
  }

  getNormalBounds(): Rectangle {
    return { ...this.#bounds }
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    this.emit('resized')
  }

  setBackgroundColor(color: string): void {
    this.#background = color
  }

  getBackgroundColor(): string {
    return this.#background
  }

  getTitle(): string {
    return this.#title
  }

  setProgressBar(progress: number, options?: ProgressBarOptions): void {
    const usual = progress < 0 ? 'none' : progress > 1 ? 'indeterminate' : 'normal'
    Object.assign(this.taskbar, { progress, mode: options?.mode ?? usual })
  }

  setOverlayIcon(_overlay: StandInImage | null, description: string): void {
    this.taskbar.overlay = description
  }

  flashFrame(flag: boolean): void {
    this.taskbar.isFlashing = flag
  }

  #gone(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    if (focused === this) focused = null
    this.emit('closed')
    app.windowClosed(this)
  }
}
