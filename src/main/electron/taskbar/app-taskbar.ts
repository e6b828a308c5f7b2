import { app, type BrowserWindow, nativeImage } from 'electron'
import type { DesktopText } from '../text/desktop-text.js'
import { callsPerson, type TaskbarView } from './taskbar-view.js'

/** Beyond 1 is Electron's sign for a bar without a figure, below 0 for none. */
const UNKNOWN = 2
const NONE = -1

const NOTHING: TaskbarView = { progress: 'none', isPaused: false, badge: 0, answers: 0 }

export interface AppTaskbarOptions {
  /** Null while there is no window. */
  readonly window: () => BrowserWindow | null
  /** Absolute path of the image that Windows lays over the icon. */
  readonly overlay: string
}

/** Progress and badge of the app's icon in dock and taskbar. */
export class AppTaskbar {
  readonly #options: AppTaskbarOptions
  #shown = NOTHING
  #window: BrowserWindow | null = null

  constructor(options: AppTaskbarOptions) {
    this.#options = options
  }

  show(view: TaskbarView, text: DesktopText): void {
    const window = this.#options.window()
    const before = this.#shown
    const isNewWindow = window !== this.#window
    this.#shown = view
    this.#window = window
    if (view.badge !== before.badge) app.setBadgeCount(view.badge)
    if (callsPerson(before, view, window?.isFocused() ?? false)) call(window)
    if (window === null) return
    if (isNewWindow || view.progress !== before.progress || view.isPaused !== before.isPaused) {
      showProgress(window, view)
    }
    if (process.platform === 'win32' && (isNewWindow || view.badge !== before.badge)) {
      const overlay = view.badge === 0 ? null : nativeImage.createFromPath(this.#options.overlay)
      window.setOverlayIcon(overlay, view.badge === 0 ? '' : text.taskbar.needsYou(view.badge))
    }
  }
}

function showProgress(window: BrowserWindow, { progress, isPaused }: TaskbarView): void {
  if (progress === 'none') {
    window.setProgressBar(NONE)
    return
  }
  const mode = isPaused ? 'paused' : progress === 'unknown' ? 'indeterminate' : 'normal'
  window.setProgressBar(progress === 'unknown' ? UNKNOWN : progress, { mode })
}

function call(window: BrowserWindow | null): void {
  if (process.platform === 'darwin') app.dock?.bounce('informational')
  else if (window !== null && !window.isDestroyed()) {
    window.flashFrame(true)
    // Some systems go on for ever.
    window.once('focus', () => window.flashFrame(false))
  }
}
