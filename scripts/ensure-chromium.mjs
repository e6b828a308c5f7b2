/** Finds or gets the Chromium that the end-to-end tests drive. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { underBundledNode } from './bundled-node.mjs'
import { canInstallPackages, installPackages } from './debian.mjs'
import { run } from './run.mjs'

const DOWNLOAD_LIMIT_MS = 180_000

function systemPlaces() {
  const { PROGRAMFILES = 'C:\\Program Files', LOCALAPPDATA = '' } = process.env
  const x86 = process.env['PROGRAMFILES(X86)'] ?? 'C:\\Program Files (x86)'
  switch (process.platform) {
    case 'darwin':
      return [
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ]
    case 'win32':
      return [
        ...[PROGRAMFILES, x86, LOCALAPPDATA].map((base) =>
          path.join(base, 'Google\\Chrome\\Application\\chrome.exe'),
        ),
        path.join(x86, 'Microsoft\\Edge\\Application\\msedge.exe'),
      ]
    default:
      return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
        (name) => `/usr/bin/${name}`,
      )
  }
}

/** @returns {string[]} every Chromium here, the best first */
function candidates() {
  const chosen = process.env.SMART_AGENTS_CHROMIUM
  return [...(chosen ? [chosen] : []), chromium.executablePath(), ...systemPlaces()].filter(
    (file) => existsSync(file),
  )
}

/**
 * For Playwright's `executablePath`.
 *
 * @returns {string | undefined}
 */
export function findChromium() {
  return candidates()[0]
}

/** Chromium's sandbox needs a user who is not root, and user namespaces that a CI machine may lack. */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 || process.env.CI ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--disable-background-networking',
]

/**
 * A browser that was downloaded onto a bare machine may lack libraries, which only starting it shows.
 *
 * @param {string} file
 */
async function starts(file) {
  if (process.platform !== 'linux') return true
  const { code } = await run(file, ['--version', ...chromiumArgs], { limitMs: 30_000, quiet: true })
  return code === 0
}

async function firstThatStarts() {
  for (const file of candidates()) {
    if (await starts(file)) return file
  }
  return undefined
}

/** @returns {Promise<string>} what went wrong, or the empty string */
async function download() {
  if (process.env.PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD) {
    return 'PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD is set'
  }
  const manifest = createRequire(import.meta.url).resolve('@playwright/test/package.json')
  const cli = path.join(path.dirname(manifest), 'cli.js')
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' }
  const args = [cli, 'install', 'chromium', '--no-shell']
  const result = await run(process.execPath, args, { limitMs: DOWNLOAD_LIMIT_MS, env, quiet: true })
  if (result.code === 0) return ''
  if (result.timedOut) return `the download took more than ${DOWNLOAD_LIMIT_MS / 1000} s`
  return result.output.split('\n').find((line) => line.includes('Error')) ?? 'the download failed'
}

/**
 * @returns {Promise<string>} path of a Chromium that starts
 */
export async function ensureChromium() {
  const present = await firstThatStarts()
  if (present !== undefined) return present
  process.stderr.write('Getting a Chromium for the end-to-end tests.\n')
  const problem = await download()
  const downloaded = await firstThatStarts()
  if (downloaded !== undefined) return downloaded
  if (canInstallPackages()) {
    await installPackages(['chromium'])
    const installed = await firstThatStarts()
    if (installed !== undefined) return installed
  }
  throw new Error(
    'The end-to-end tests need a Chromium. Install one (Debian: `apt-get install chromium`), or name one in ' +
      `SMART_AGENTS_CHROMIUM. Playwright could not bring its own: ${problem || 'it does not start here'}`,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await underBundledNode(import.meta.url)
  process.stdout.write(`${await ensureChromium()}\n`)
}
