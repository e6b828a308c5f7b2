import { app, dialog, Menu, protocol, session, shell } from 'electron'
import { messageOf } from '../../shared/rpc/errors.js'
import type { Logger } from '../core/ports.js'
import type { AppHost } from './app-host.js'
import { menuTemplate } from './app-menu.js'
import { appScheme, serveRenderer } from './app-protocol.js'
import { MainWindow } from './main-window.js'
import { guardNavigation, refusePermissions } from './navigation-guard.js'

/** Ending processes takes up to some seconds; after this the app leaves them to the next start. */
const STOP_LIMIT_MS = 15_000

export interface DesktopAppOptions {
  readonly host: AppHost
  readonly logger: Logger
  readonly rendererDirectory: string
  readonly preload: string
  readonly windowStateFile: string
  /** Called last, also when the host could not be stopped. */
  readonly onStopped: () => void
}

/** Wires the app's life: to be called once, before Electron is ready. */
export function runDesktopApp(options: DesktopAppOptions): void {
  const { host, logger } = options
  endAfterDefects(logger)
  protocol.registerSchemesAsPrivileged([appScheme])
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => {
    guardNavigation(contents, { logger, openExternal: (url) => shell.openExternal(url) })
  })
  app
    .whenReady()
    .then(() => start(options))
    .catch((error: unknown) => {
      logger.error({ error }, 'the app could not start')
      app.exit(1)
    })
  stopBeforeQuitting(host, logger, options.onStopped)
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

function start({ host, logger, ...options }: DesktopAppOptions): void {
  refusePermissions(session.defaultSession)
  serveRenderer(protocol, options.rendererDirectory, (message) => logger.error({}, message))
  const window = new MainWindow({
    host,
    logger,
    preload: options.preload,
    stateFile: options.windowStateFile,
  })
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        appName: app.getName(),
        platform: process.platform,
        isPackaged: app.isPackaged,
        logger,
        page: () => window.page(),
      }),
    ),
  )
  app.on('second-instance', () => window.show())
  app.on('activate', () => window.show())
  app.on('window-all-closed', () => {
    // Where apps live on without a window; the tray will be another reason to.
    if (process.platform !== 'darwin') app.quit()
  })
  window.show()
  host.start().catch((error: unknown) => {
    // The window connects by itself, fails in the same way and shows why.
    logger.error({ error }, 'the host of this app did not start')
  })
}

/** Quitting waits until the core has ended what it runs and closed its database. */
function stopBeforeQuitting(host: AppHost, logger: Logger, onStopped: () => void): void {
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
    host
      .stop()
      .then(() => leave(null))
      .catch((error: unknown) => leave(messageOf(error)))
      .finally(() => clearTimeout(limit))
  })
}
