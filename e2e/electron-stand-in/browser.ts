import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type BrowserContext, chromium } from '@playwright/test'
import { chromiumArgs, findChromium } from '../../scripts/ensure-chromium.mjs'

export interface StandInBrowser {
  readonly context: BrowserContext
  /** Where a test attaches with `chromium.connectOverCDP`. */
  readonly endpoint: string
}

/** Starts the Chromium that shows the windows; its profile outlives the app as Electron's does. */
export async function startBrowser(userData: string): Promise<StandInBrowser> {
  const executablePath = findChromium()
  const profile = path.join(userData, 'chromium')
  const portFile = path.join(profile, 'DevToolsActivePort')
  mkdirSync(profile, { recursive: true })
  // Of a browser that was killed.
  for (const name of [
    'DevToolsActivePort',
    'SingletonLock',
    'SingletonCookie',
    'SingletonSocket',
  ]) {
    rmSync(path.join(profile, name), { force: true })
  }
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? {} : { executablePath }),
    // Played by a browser with a window where somebody wants to look on.
    headless: !process.env['SMART_AGENTS_E2E_HEADED'],
    args: [...chromiumArgs, '--remote-debugging-port=0'],
    viewport: null,
    // Signals are the app's business.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
  const [port] = readFileSync(portFile, 'utf8').split('\n')
  return { context, endpoint: `http://127.0.0.1:${port}` }
}
