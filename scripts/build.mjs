/** Builds the program into out/. `npm run build`; also used by what needs a build that is not older than the sources. */
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { underBundledNode } from './bundled-node.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const stamp = path.join(root, 'out/.built')
const inputs = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json']

/** @param {string} file */
function newestIn(file) {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0
  let newest = 0
  for (const entry of readdirSync(file, { withFileTypes: true })) {
    if (entry.name.includes('.test.')) continue
    newest = Math.max(newest, newestIn(path.join(file, entry.name)))
  }
  return Math.max(newest, stat.mtimeMs)
}

/** Whether out/ is missing, incomplete or older than what it is built from. */
export function isStale() {
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs
  return built === undefined || inputs.some((input) => newestIn(path.join(root, input)) > built)
}

/**
 * Builds. Says nothing unless the build fails, or `verbose` is set; never writes to stdout.
 *
 * @param {{ verbose?: boolean }} [options]
 * @returns {Promise<void>}
 */
export async function build({ verbose = false } = {}) {
  const startedAt = new Date()
  rmSync(stamp, { force: true })
  const cli = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  if (!existsSync(cli)) throw new Error('The build tools are missing: run `npm install` first')
  /** @type {Buffer[]} */
  const output = []
  const child = spawn(process.execPath, [cli, 'build'], {
    cwd: root,
    stdio: ['ignore', verbose ? process.stderr : 'pipe', verbose ? process.stderr : 'pipe'],
  })
  child.stdout?.on('data', (chunk) => output.push(chunk))
  child.stderr?.on('data', (chunk) => output.push(chunk))
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) {
    process.stderr.write(Buffer.concat(output))
    throw new Error(`The build failed (exit code ${code})`)
  }
  // Imported late: on Node 20 this file only starts the right Node.
  const { checkBundles } = await import('./check-bundles.mjs')
  const problems = checkBundles(path.join(root, 'out'))
  if (problems.length > 0) throw new Error(`The build is wrong:\n${problems.join('\n')}`)
  // Dated at the start: what was saved while the build ran counts as newer.
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, '')
  utimesSync(stamp, startedAt, startedAt)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await underBundledNode(import.meta.url)
  await build({ verbose: true }).catch((error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
}
