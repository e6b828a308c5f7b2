/** `npm start`: builds what is not built, then opens the app in Electron, or in the browser where Electron cannot run. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { build, isStale } from './build.mjs'
import { becomeChild, underBundledNode } from './bundled-node.mjs'
import { run } from './run.mjs'

await underBundledNode(import.meta.url)

const root = path.dirname(import.meta.dirname)
const args = process.argv.slice(2)
const DOWNLOAD_LIMIT_MS = 20_000
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** @returns {string | undefined} path of the Electron binary, if it is there */
function findElectron() {
  const folder = path.join(root, 'node_modules/electron')
  const pathFile = path.join(folder, 'path.txt')
  const relative = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : undefined
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const isWindows = process.platform === 'win32'
  const name = relative ?? (isWindows ? 'electron.exe' : 'electron')
  const file = override ? path.join(override, name) : path.join(folder, 'dist', name)
  return (override || relative) && existsSync(file) ? file : undefined
}

/** @param {string} output */
function lastLine(output) {
  const lines = output.split('\n').map((line) => line.trim())
  return lines.findLast((line) => /error|not found|cannot/i.test(line) && !line.startsWith('at '))
}

/**
 * Electron's package has no install script: its own downloader is run here, with a limit, since on a closed network it
 * would retry for minutes.
 *
 * @returns {Promise<string | undefined>} why there is no binary
 */
async function downloadElectron() {
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) {
    return 'the Electron binary is not installed and ELECTRON_SKIP_BINARY_DOWNLOAD is set'
  }
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    return 'there is no Electron binary in ELECTRON_OVERRIDE_DIST_PATH'
  }
  const script = path.join(root, 'node_modules/electron/install.js')
  if (!existsSync(script)) return 'the package electron is not installed'
  const options = { limitMs: DOWNLOAD_LIMIT_MS, cwd: root, quiet: true }
  const { code, timedOut, output } = await run(process.execPath, [script], options)
  if (timedOut)
    return `the Electron binary could not be downloaded within ${DOWNLOAD_LIMIT_MS / 1000} s`
  if (code !== 0)
    return `the Electron binary could not be downloaded (${lastLine(output) ?? `exit code ${code}`})`
  return undefined
}

/**
 * @returns {Promise<{ electron: string } | { reason: string }>}
 */
async function prepareElectron() {
  if (!hasDisplay) return { reason: 'there is no display' }
  const problem = findElectron() === undefined ? await downloadElectron() : undefined
  if (problem !== undefined) return { reason: problem }
  const electron = findElectron()
  if (electron === undefined) return { reason: 'the Electron binary is missing after its download' }
  // Asking for the version needs all of Electron's libraries, and opens nothing.
  const probe = await run(electron, ['--version', ...sandboxArgs()], {
    limitMs: 10_000,
    quiet: true,
  })
  if (probe.code === 0) return { electron }
  return {
    reason: `Electron does not start here (${lastLine(probe.output) ?? `exit code ${probe.code}`})`,
  }
}

/** Chromium refuses its sandbox to root on Linux. */
function sandboxArgs() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/** @param {string} url */
function openBrowser(url) {
  if (!hasDisplay || process.env.CI || process.env.BROWSER === 'none') return
  const opener = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[
    /** @type {'darwin' | 'win32'} */ (process.platform)
  ] ?? ['xdg-open']
  const [command = '', ...rest] = opener
  const child = spawn(command, [...rest, url], { stdio: 'ignore', detached: true })
  // The address is on the screen: without an opener the person opens it.
  child.on('error', () => undefined)
  child.unref()
}

/**
 * @param {string} line
 * @returns {string | undefined} address of the page, with the token that lets the browser in
 */
function pageUrl(line) {
  try {
    const { url, token } = JSON.parse(line)
    const page = new URL(url)
    if (!page.searchParams.has('token') && !page.hash.includes('token=')) {
      page.searchParams.set('token', token)
    }
    return page.href
  } catch {
    return undefined
  }
}

/** @param {string} reason */
async function startBrowserHost(reason) {
  const script = path.join(root, 'bin/smart-agents.mjs')
  const child = spawn(process.execPath, [script, 'serve', '--json', ...args], {
    cwd: root,
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  let announced = false
  createInterface({ input: child.stdout }).on('line', (line) => {
    const url = announced ? undefined : pageUrl(line)
    if (url === undefined) return
    announced = true
    process.stdout.write(`Smart Agents runs in the browser, because ${reason}: ${url}\n`)
    openBrowser(url)
  })
  await becomeChild(child)
}

/** @param {string} electron */
async function startElectron(electron) {
  const env = { ...process.env }
  // Set by some terminals inside Electron programs; with it the binary is a plain Node.
  delete env.ELECTRON_RUN_AS_NODE
  await becomeChild(spawn(electron, [...sandboxArgs(), root, ...args], { stdio: 'inherit', env }))
}

if (isStale()) {
  process.stderr.write('Building Smart Agents, which takes some seconds.\n')
  try {
    await build()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exit(1)
  }
}
const prepared = await prepareElectron()
if ('electron' in prepared) await startElectron(prepared.electron)
else await startBrowserHost(prepared.reason)
