/**
 * Runs a script under the Node that the project brings (the packages `node-<platform>-<arch>`). better-sqlite3 crashes
 * on a Node without Node-API 10, so every script that a person can start directly begins with `underBundledNode`.
 * This file must itself run on Node 20.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_API = 10

function isRecentEnough() {
  return Number(process.versions.napi ?? 0) >= NODE_API
}

/** @returns {string | undefined} path of the bundled Node, if it is installed for this platform */
export function findBundledNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const executable = process.platform === 'win32' ? 'node.exe' : 'node'
  const packages = [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]
  let folder = path.dirname(fileURLToPath(import.meta.url))
  while (true) {
    for (const name of packages) {
      const file = path.join(folder, 'node_modules', name, 'bin', executable)
      if (existsSync(file)) return file
    }
    const parent = path.dirname(folder)
    if (parent === folder) return undefined
    folder = parent
  }
}

/**
 * Passes signals on to a child and ends like it: with its exit code, or by its signal. In a terminal Ctrl-C reaches the
 * whole process group, so there SIGINT is only waited out; passing it on would make one Ctrl-C look like two.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<never>}
 */
export function becomeChild(child) {
  const isTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGINT', () => {
    if (!isTerminal) child.kill('SIGINT')
  })
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  return new Promise((_resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (signal === null) process.exit(code ?? 1)
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
      // A signal that does not end this process (Windows knows only some): the shell's way of telling it.
      setTimeout(() => process.exit(128 + (os.constants.signals[signal] ?? 0)), 100)
    })
  })
}

/**
 * Returns at once under a recent Node. Otherwise runs the script again under the bundled one and never returns.
 *
 * @param {string} scriptUrl `import.meta.url` of the script
 * @returns {Promise<void>}
 */
export async function underBundledNode(scriptUrl) {
  if (isRecentEnough()) return
  const node = findBundledNode()
  if (node === undefined) {
    process.stderr.write(
      `Smart Agents needs Node 22.14 or newer, and this is ${process.version}. \`npm install\` without ` +
        '`--omit=optional` brings one along where there is a build for the platform.\n',
    )
    process.exit(1)
  }
  const args = [...process.execArgv, fileURLToPath(scriptUrl), ...process.argv.slice(2)]
  // Children of the script that start `node` by name must find the same one.
  const PATH = [path.dirname(node), process.env.PATH].join(path.delimiter)
  await becomeChild(spawn(node, args, { stdio: 'inherit', env: { ...process.env, PATH } }))
}
