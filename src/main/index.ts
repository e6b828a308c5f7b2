import { mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { app, safeStorage } from 'electron'
import { AppHost } from './electron/app-host.js'
import { runDesktopApp } from './electron/desktop-app.js'
import { launchSettings } from './electron/launch-settings.js'
import { chooseSecrets } from './electron/safe-storage-secrets.js'
import { startHost } from './server/host.js'
import { createPinoLogger } from './server/node-ports/pino-logger.js'

const out = path.join(import.meta.dirname, '..')

const { dataDirectory, workspace } = launchSettings({
  args: process.argv.slice(app.isPackaged ? 1 : 2),
  env: process.env,
  platform: process.platform,
  homeDirectory: os.homedir(),
  cwd: process.cwd(),
  isPackaged: app.isPackaged,
})

// Everything that Electron keeps lies in the data directory, and with it the lock that makes two
// starts one app: two data directories are two apps.
const shellDirectory = path.join(dataDirectory, 'electron')
mkdirSync(shellDirectory, { recursive: true, mode: 0o700 })
app.setPath('userData', shellDirectory)

function main(): void {
  const logger = createPinoLogger({ dataDirectory: shellDirectory })
  const host = new AppHost({
    logger,
    startHost: () =>
      startHost({
        kind: 'electron',
        version: app.getVersion(),
        programRoot: path.join(out, '..'),
        rendererDirectory: path.join(out, 'renderer'),
        dataDirectory,
        workspace,
        environment: process.env,
        port: 0,
        address: '127.0.0.1',
        openSecrets: (directory, log) => chooseSecrets(safeStorage, directory, log),
      }),
  })
  runDesktopApp({
    host,
    logger,
    rendererDirectory: path.join(out, 'renderer'),
    preload: path.join(out, 'preload/index.cjs'),
    windowStateFile: path.join(shellDirectory, 'window.json'),
    onStopped: () => logger.close(),
  })
}

if (app.requestSingleInstanceLock()) main()
else app.quit()
