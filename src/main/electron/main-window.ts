import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { WindowRequest } from '../../shared/rpc/bridge.js'
import { messageOf } from '../../shared/rpc/errors.js'
import type { Logger } from '../core/ports.js'
import { APP_URL } from './app-protocol.js'
import { offerContextMenu } from './context-menu.js'
import type { HostAccess } from './host-access.js'
import type { DesktopText } from './text/desktop-text.js'
import { channels, linkWindow } from './window-link.js'
import {
  fitToScreens,
  MIN_HEIGHT,
  MIN_WIDTH,
  readWindowState,
  saveWindowState,
} from './window-state.js'

/** The page's own background, shown until it paints. */
const BACKGROUND = { light: '#f6f6f7', dark: '#121316' } as const

/** A page that crashes this often within a minute is left alone. */
const MAX_CRASHES = 3
const CRASH_WINDOW_MS = 60_000

export interface MainWindowOptions {
  readonly host: HostAccess
  readonly logger: Logger
  /** Absolute path of the built preload script. */
  readonly preload: string
  /** Absolute path of the file that remembers where the window was. */
  readonly stateFile: string
  readonly words: () => DesktopText
  /** It was made, shown, hidden, focused or closed. */
  readonly changed: () => void
}

/** The app's one window, made when it is wanted and again after it was closed. */
export class MainWindow {
  readonly #options: MainWindowOptions
  #window: BrowserWindow | null = null
  #loaded: Promise<void> = Promise.resolve()

  constructor(options: MainWindowOptions) {
    this.#options = options
    nativeTheme.on('updated', () => this.#window?.setBackgroundColor(background()))
  }

  /** Brings the window to the front, and makes one where there is none. */
  show(): void {
    const window = this.#window
    if (window === null) {
      this.#create()
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  hide(): void {
    this.#window?.hide()
  }

  /** Null while there is none. */
  get current(): BrowserWindow | null {
    return this.#window
  }

  get isVisible(): boolean {
    return this.#window?.isVisible() ?? false
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false
  }

  /** Asks something of the page, in a window that is in front. */
  async request(request: WindowRequest): Promise<void> {
    this.show()
    const window = this.#window ?? this.#create()
    await this.#loaded
    if (!window.isDestroyed()) window.webContents.send(channels.request, request)
  }

  #create(): BrowserWindow {
    const { host, logger, preload, stateFile, words, changed } = this.#options
    const workAreas = screen.getAllDisplays().map((display) => display.workArea)
    const saved = fitToScreens(readWindowState(stateFile), workAreas)
    const window = new BrowserWindow({
      ...saved.position,
      width: saved.width,
      height: saved.height,
      minWidth: MIN_WIDTH,
      minHeight: MIN_HEIGHT,
      title: 'Smart Agents',
      backgroundColor: background(),
      show: false,
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: true,
      },
    })
    this.#window = window
    window.once('ready-to-show', () => {
      if (saved.maximized) window.maximize()
      window.show()
    })
    window.on('close', () => this.#remember(window))
    window.on('closed', () => {
      if (this.#window === window) this.#window = null
      changed()
    })
    window.on('show', changed)
    window.on('hide', changed)
    window.on('minimize', changed)
    window.on('restore', changed)
    window.on('focus', changed)
    offerContextMenu(window.webContents, words)
    linkWindow(window, host, logger)
    this.#recover(window)
    this.#loaded = window.loadURL(APP_URL).catch((error: unknown) => {
      logger.error({ reason: messageOf(error) }, 'the page did not load')
      // An empty window at least says that there is something to be closed.
      if (!window.isDestroyed()) window.show()
    })
    return window
  }

  #remember(window: BrowserWindow): void {
    const { logger, stateFile } = this.#options
    try {
      const { x, y, width, height } = window.getNormalBounds()
      const maximized = window.isMaximized()
      saveWindowState(stateFile, { position: { x, y }, width, height, maximized })
    } catch (error) {
      logger.warn({ reason: messageOf(error) }, 'the place of the window was not saved')
    }
  }

  /** A crashed page is loaded again: all that it showed is kept by the host. */
  #recover(window: BrowserWindow): void {
    const { logger } = this.#options
    let crashes: number[] = []
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit') return
      const now = Date.now()
      crashes = [...crashes.filter((at) => now - at < CRASH_WINDOW_MS), now]
      logger.error({ reason, exitCode, crashes: crashes.length }, 'the page crashed')
      if (crashes.length <= MAX_CRASHES && !window.isDestroyed()) window.webContents.reload()
    })
  }
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light
}
