import path from 'node:path'
import { app, dialog, protocol, session, shell } from 'electron'
import { messageOf } from '../../shared/rpc/errors.js'
import type { Logger } from '../core/ports.js'
import type { AppHost } from './app-host.js'
import { APP_USER_MODEL_ID } from './app-name.js'
import { appScheme, serveRenderer } from './app-protocol.js'
import { Desktop } from './desktop/desktop.js'
import { DeepLinks, linkIn } from './links/deep-links.js'
import type { LoginCommand } from './login/autostart-entry.js'
import { MainWindow } from './main-window.js'
import { guardNavigation, refusePermissions } from './navigation-guard.js'

/** Ending processes takes up to some seconds; after this the app leaves them to the next start. */
const STOP_LIMIT_MS = 15_000

export interface DesktopAppOptions {
  readonly host: AppHost
  readonly logger: Logger
  readonly rendererDirectory: string
  readonly preload: string
  /** Absolute path of the folder where the shell keeps what is its own. */
  readonly shellDirectory: string
  /** Absolute path of `resources`. */
  readonly resources: string
  /** Absolute path of the folder of a user's XDG configuration. */
  readonly configDirectory: string
  readonly login: LoginCommand
  /** Of this start, without the program. */
  readonly args: readonly string[]
  /** Shows no window until it is asked for. */
  readonly isHidden: boolean
  /** Called last, also when the host could not be stopped. */
  readonly onStopped: () => void
}

/** Wires the app's life: to be called once, before Electron is ready. */
export function runDesktopApp(options: DesktopAppOptions): void {
  const { host, logger } = options
  endAfterDefects(logger)
  protocol.registerSchemesAsPrivileged([appScheme])
  app.enableSandbox()
  if (process.platform === 'win32') app.setAppUserModelId(APP_USER_MODEL_ID)
  app.on('web-contents-created', (_event, contents) => {
    guardNavigation(contents, { logger, openExternal: (url) => shell.openExternal(url) })
  })
  const links = hearLinks(options.args)
  let desktop: Desktop | null = null
  app
    .whenReady()
    .then(() => {
      desktop = start(options, links)
    })
    .catch((error: unknown) => {
      logger.error({ error }, 'the app could not start')
      app.exit(1)
    })
  const stop = () => {
    desktop?.stop()
    return host.stop()
  }
  stopBeforeQuitting(stop, logger, options.onStopped)
}

/** Nothing is known of the state after a defect: what is stored is right, so a new start is best. */
function endAfterDefects(logger: Logger): void {
  const end = (error: unknown) => {
    logger.error({ error }, 'a defect ends the app')
    dialog.showErrorBox(
      'Smart Agents has to be started again',
      `An unexpected error happened: ${messageOf(error)}\n\nNothing is lost; what was unfinished goes on at the next start.`,
    )
    app.exit(1)
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}

function start(options: DesktopAppOptions, links: DeepLinks): Desktop {
  const { host, logger, shellDirectory, login } = options
  refusePermissions(session.defaultSession)
  serveRenderer(protocol, options.rendererDirectory, (message) => logger.error({}, message))
  const window = new MainWindow({
    host,
    logger,
    preload: options.preload,
    stateFile: path.join(shellDirectory, 'window.json'),
    words: () => desktop.text,
    changed: () => desktop.windowChanged(),
  })
  const desktop = new Desktop({
    access: host,
    logger,
    window,
    images: path.join(options.resources, 'tray'),
    closingFile: path.join(shellDirectory, 'closing-explained'),
    login: {
      command: login,
      autostartFile: path.join(options.configDirectory, 'autostart', 'smart-agents.desktop'),
    },
  })
  app.on('second-instance', (_event, argv) => {
    const link = linkIn(argv)
    if (link !== null) links.receive(link)
    // One at login that finds the app at work has nothing to show.
    else if (!argv.includes('--hidden')) window.show()
  })
  app.on('activate', () => window.show())
  app.on('window-all-closed', () => desktop.windowsClosed())
  // A Mac hands over no arguments at login.
  const isAtLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
  const isHidden = options.isHidden || isAtLogin
  if (!isHidden) window.show()
  desktop.start()
  links.open((place) => desktop.showPlace(place))
  host.start().catch((error: unknown) => {
    // The window connects by itself, fails in the same way and shows why.
    logger.error({ error }, 'the host of this app did not start')
  })
  return desktop
}

/** Links reach the app before it is ready, and later; on Windows and Linux as arguments of a start. */
function hearLinks(args: readonly string[]): DeepLinks {
  const links = new DeepLinks()
  app.on('open-url', (event, address) => {
    event.preventDefault()
    links.receive(address)
  })
  const link = linkIn(args)
  if (link !== null) links.receive(link)
  return links
}

/** Quitting waits until the core has ended what it runs and closed its database. */
function stopBeforeQuitting(
  stop: () => Promise<void>,
  logger: Logger,
  onStopped: () => void,
): void {
  let state: 'running' | 'stopping' | 'stopped' = 'running'
  const leave = (problem: string | null) => {
    if (state === 'stopped') return
    state = 'stopped'
    if (problem !== null) logger.error({ problem }, 'the host did not stop as it should')
    onStopped()
    if (problem === null) app.quit()
    else app.exit(1)
  }
  app.on('will-quit', (event) => {
    if (state === 'stopped') return
    event.preventDefault()
    if (state === 'stopping') return
    state = 'stopping'
    const limit = setTimeout(() => leave(`not within ${STOP_LIMIT_MS} ms`), STOP_LIMIT_MS)
    stop()
      .then(() => leave(null))
      .catch((error: unknown) => leave(messageOf(error)))
      .finally(() => clearTimeout(limit))
  })
}
