import path from 'node:path'
import { app, Menu, nativeTheme, powerMonitor, powerSaveBlocker } from 'electron'
import type { Place } from '../../../shared/model/place.js'
import type { WindowRequest } from '../../../shared/rpc/bridge.js'
import { messageOf } from '../../../shared/rpc/errors.js'
import type { Logger } from '../../core/ports.js'
import { createSystemClock } from '../../server/node-ports/system-clock.js'
import { wantsToQuit } from '../ask-before-quitting.js'
import { explainClosing } from '../closing-notice.js'
import type { HostAccess } from '../host-access.js'
import { setOpensLinks } from '../links/link-client.js'
import { type StartAtLoginOptions, setStartAtLogin } from '../login/start-at-login.js'
import type { MainWindow } from '../main-window.js'
import { type MenuAction, menuTemplate } from '../menu/app-menu.js'
import { zoomedIn, zoomedOut } from '../menu/zoom.js'
import { SystemNotifier } from '../notifications/system-notifier.js'
import { KeepAwake, wantsAwake } from '../power/keep-awake.js'
import { AppTaskbar } from '../taskbar/app-taskbar.js'
import { taskbarView } from '../taskbar/taskbar-view.js'
import { type DesktopText, wordsFor } from '../text/desktop-text.js'
import { AppTray } from '../tray/app-tray.js'
import { trayImage } from '../tray/tray-image.js'
import { type TrayAction, trayView } from '../tray/tray-view.js'
import { DesktopFeed } from './desktop-feed.js'
import type { DesktopState } from './desktop-state.js'

export interface DesktopOptions {
  readonly access: HostAccess
  readonly logger: Logger
  readonly window: MainWindow
  /** Absolute path of `resources/tray`. */
  readonly images: string
  /** Absolute path of the file that remembers what was said about closing. */
  readonly closingFile: string
  readonly login: StartAtLoginOptions
}

/** All that the operating system shows of the app besides its window, kept in step with the host. */
export class Desktop {
  readonly #options: DesktopOptions
  readonly #feed: DesktopFeed
  readonly #tray: AppTray
  readonly #taskbar: AppTaskbar
  readonly #awake = new KeepAwake(powerSaveBlocker)
  #menu = ''
  #startsAtLogin: boolean | null = null
  #opensLinks: boolean | null = null
  #isAsking = false
  #isStopped = false
  #leave: () => void = () => undefined

  constructor(options: DesktopOptions) {
    this.#options = options
    const { access, logger, window, images } = options
    const notifier = new SystemNotifier({
      logger,
      isLooking: () => window.isVisible && window.isFocused,
      respectDoNotDisturb: () => this.#feed.state.preferences.notifications.respectDoNotDisturb,
      call: (method, params) => this.#feed.call(method, params),
      showPlace: (place) => this.showPlace(place),
    })
    this.#feed = new DesktopFeed({
      access,
      logger,
      clock: createSystemClock(),
      heard: (event) => notifier.heard(event),
    })
    const overlay = path.join(images, 'overlay.png')
    this.#taskbar = new AppTaskbar({ window: () => window.current, overlay })
    this.#tray = new AppTray({
      logger,
      image: (icon) => trayImage(images, icon, surroundings()),
      act: (action) => this.#fromTray(action),
    })
  }

  /** The words of the language that the person reads. */
  get text(): DesktopText {
    return this.#wordsIn(this.#feed.state)
  }

  start(): void {
    const { logger } = this.#options
    this.#feed.follow((state) => this.#show(state))
    this.#feed.start()
    const showAnew = () => this.#show(this.#feed.state)
    // The core finds by its clock what the sleep made it miss; the log says why everything was late.
    const toSleep = () => logger.info({}, 'the machine goes to sleep')
    const awake = () => logger.info({}, 'the machine is awake again')
    nativeTheme.on('updated', showAnew)
    powerMonitor.on('suspend', toSleep)
    powerMonitor.on('resume', awake)
    this.#leave = () => {
      nativeTheme.off('updated', showAnew)
      powerMonitor.off('suspend', toSleep)
      powerMonitor.off('resume', awake)
    }
  }

  /** A window that opens or closes afterwards changes nothing outside of it any more. */
  stop(): void {
    this.#isStopped = true
    this.#leave()
    this.#feed.stop()
    this.#awake.set(false)
    this.#tray.close()
  }

  /** Something about the window has changed. */
  windowChanged(): void {
    this.#show(this.#feed.state)
  }

  /** The last window was closed. */
  windowsClosed(): void {
    const { closingFile, logger } = this.#options
    const { preferences } = this.#feed.state
    // A Mac's apps live on without a window, and nobody there wonders at it.
    if (process.platform === 'darwin') return
    if (preferences.closeKeepsRunning) explainClosing(closingFile, this.text, logger)
    else app.quit()
  }

  /** Null: a link that leads nowhere, which the window says. */
  showPlace(place: Place | null): void {
    this.#request({ kind: 'place', place })
  }

  #show(state: DesktopState): void {
    if (this.#isStopped) return
    const { window } = this.#options
    const text = this.#wordsIn(state)
    this.#tray.show(trayView(state, text, window.isVisible))
    this.#taskbar.show(taskbarView(state), text)
    this.#awake.set(wantsAwake(state))
    this.#showMenu(state, text)
    if (!state.isConnected) return
    const { theme, startAtLogin, openLinks } = state.preferences
    // Menus and the window before its first paint are the system's to draw.
    if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme
    this.#setStartAtLogin(startAtLogin)
    if (openLinks === this.#opensLinks) return
    this.#opensLinks = openLinks
    setOpensLinks(openLinks)
  }

  #showMenu(state: DesktopState, text: DesktopText): void {
    const { isPaused, preferences } = state
    const { shortcuts, language } = preferences
    const shown = JSON.stringify([isPaused, shortcuts, language])
    if (shown === this.#menu) return
    this.#menu = shown
    const { platform } = process
    const { isPackaged } = app
    const act = (action: MenuAction) => this.#fromMenu(action)
    const template = menuTemplate({ platform, isPackaged, text, isPaused, shortcuts, act })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }

  #setStartAtLogin(wanted: boolean): void {
    if (wanted === this.#startsAtLogin) return
    this.#startsAtLogin = wanted
    try {
      setStartAtLogin(wanted, this.#options.login)
    } catch (error) {
      this.#options.logger.warn(
        { wanted, reason: messageOf(error) },
        'the start at login was not set',
      )
    }
  }

  #fromTray(action: TrayAction): void {
    const { window } = this.#options
    switch (action.do) {
      case 'show':
        this.showPlace(action.place)
        return
      case 'show-window':
        window.show()
        return
      case 'hide-window':
        window.hide()
        return
      case 'settings':
        this.#request({ kind: 'command', command: 'app.settings' })
        return
      default:
        this.#control(action.do)
    }
  }

  #fromMenu(action: MenuAction): void {
    switch (action.do) {
      case 'command':
        this.#request({ kind: 'command', command: action.command })
        return
      case 'zoom-in':
        this.#zoom(zoomedIn)
        return
      case 'zoom-out':
        this.#zoom(zoomedOut)
        return
      case 'actual-size':
        this.#zoom(() => 1)
        return
      default:
        this.#control(action.do)
    }
  }

  #control(what: 'pause' | 'resume' | 'quit'): void {
    const done = what === 'quit' ? this.#quit() : this.#feed.call(`queue.${what}`, {})
    done.catch((error: unknown) => {
      this.#options.logger.warn({ what, reason: messageOf(error) }, 'a menu item did nothing')
    })
  }

  /** Asks once, however often it is chosen meanwhile. */
  async #quit(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    try {
      if (await wantsToQuit(this.#feed.state.runningCount, this.text)) app.quit()
    } finally {
      this.#isAsking = false
    }
  }

  #zoom(next: (factor: number) => number): void {
    const contents = this.#options.window.current?.webContents
    contents?.setZoomFactor(next(contents.getZoomFactor()))
  }

  #request(request: WindowRequest): void {
    this.#options.window.request(request).catch((error: unknown) => {
      this.#options.logger.warn({ request, reason: messageOf(error) }, 'the window did not show it')
    })
  }

  #wordsIn({ preferences }: DesktopState): DesktopText {
    return wordsFor(preferences.language, app.getPreferredSystemLanguages()).text
  }
}

function surroundings() {
  return {
    platform: process.platform,
    isDark: nativeTheme.shouldUseDarkColorsForSystemIntegratedUI,
    desktop: process.env['XDG_CURRENT_DESKTOP'] ?? '',
  }
}
