import { mkdirSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { app, dialog, safeStorage } from 'electron'
import { messageOf } from '../shared/rpc/errors.js'
import { AppHost } from './electron/app-host.js'
import { runDesktopApp } from './electron/desktop-app.js'
import { type LaunchSettings, launchSettings } from './electron/launch-settings.js'
import { SystemDoNotDisturb } from './electron/notifications/do-not-disturb.js'
import { chooseSecrets } from './electron/safe-storage-secrets.js'
import { startHost } from './server/host.js'
import { createPinoLogger } from './server/node-ports/pino-logger.js'

const out = path.join(import.meta.dirname, '..')

/**
 * Everything that Electron keeps lies in the data directory, and with it the lock that makes two
 * starts one app: two data directories are two apps.
 */
function prepareShellDirectory({ dataDirectory, workspace }: LaunchSettings): string {
  if (!statSync(workspace, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`--workspace: ${workspace} is not a folder`)
  }
  const directory = path.join(dataDirectory, 'electron')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  app.setPath('userData', directory)
  return directory
}

function run(settings: LaunchSettings, shellDirectory: string): void {
  const { dataDirectory, workspace } = settings
  const logger = createPinoLogger({ dataDirectory: shellDirectory })
  const rendererDirectory = path.join(out, 'renderer')
  const host = new AppHost({
    logger,
    startHost: () =>
      startHost({
        kind: 'electron',
        version: app.getVersion(),
        programRoot: path.join(out, '..'),
        rendererDirectory,
        dataDirectory,
        workspace,
        environment: process.env,
        port: 0,
        address: '127.0.0.1',
        languages: () => app.getPreferredSystemLanguages(),
        openDoNotDisturb: (clock, log) =>
          new SystemDoNotDisturb({ clock, logger: log, environment: process.env }),
        openSecrets: (directory, log) => chooseSecrets(safeStorage, directory, log),
      }),
  })
  runDesktopApp({
    host,
    logger,
    rendererDirectory,
    preload: path.join(out, 'preload/index.cjs'),
    shellDirectory,
    resources: path.join(out, '../resources'),
    configDirectory: process.env['XDG_CONFIG_HOME'] || path.join(os.homedir(), '.config'),
    login: { program, args: [...programArgs, ...settings.sameData, '--hidden'] },
    args,
    isHidden: settings.isHidden,
    onStopped: () => logger.close(),
  })
}

/** In an AppImage the running program lies in a folder that is gone after it. */
const program = process.env['APPIMAGE'] ?? process.execPath
const programArgs = app.isPackaged ? [] : [app.getAppPath()]
const args = process.argv.slice(app.isPackaged ? 1 : 2)
const settings = launchSettings({
  args,
  env: process.env,
  platform: process.platform,
  homeDirectory: os.homedir(),
  cwd: process.cwd(),
  isPackaged: app.isPackaged,
})
try {
  const shellDirectory = prepareShellDirectory(settings)
  if (app.requestSingleInstanceLock()) run(settings, shellDirectory)
  else app.quit()
} catch (error) {
  dialog.showErrorBox('Smart Agents cannot start', messageOf(error))
  app.exit(1)
}
