/**
 * `npm run bench [NAME...]`: measures, and prints tables. Nothing is asserted: figures belong to the machine they were
 * taken on, and are read beside its own noise.
 */
import { statSync } from 'node:fs'
import path from 'node:path'
import { build, isStale } from '../scripts/build.mjs'
import { underBundledNode } from '../scripts/bundled-node.mjs'
import { run } from '../scripts/run.mjs'

await underBundledNode(import.meta.url)

const folder = import.meta.dirname
const INSTALL_LIMIT_MS = 5 * 60_000

/** @type {Record<string, { about: string, measure: () => Promise<string> }>} */
const benches = {
  agents: {
    about: '200 agents that write to each other, sleep, wake, and are killed',
    measure: async () => (await import('./benches/agents.mjs')).agents(),
  },
  chat: {
    about: 'the chat while agents stream and a build runs',
    measure: async () => (await import('./benches/chat-under-load.mjs')).chatUnderLoad(),
  },
  history: {
    about:
      'the history with 100,000 tasks: pages, searches and scrolling, in the host and in the window',
    measure: async () => (await import('./benches/history.mjs')).history(),
  },
  queue: {
    about: 'the queue beside its peers, and after a crash',
    measure: async () => (await import('./benches/queue.mjs')).queue(),
  },
  store: {
    about: 'the queue with 100,000 stored tasks: pages, searches, submits, decisions',
    measure: async () => (await import('./benches/queue-store.mjs')).store(),
  },
  ui: {
    about:
      'the window in a browser: growing replies, 10,000 messages, typing while five chats stream',
    measure: async () => (await import('./benches/ui.mjs')).ui(),
  },
  workflows: {
    about: 'the workflows of the seed beside the same tasks one after another',
    measure: async () => (await import('./benches/workflows.mjs')).workflows(),
  },
  start: {
    about: 'from the start of a program to what a person can use',
    measure: async () => (await import('./benches/start.mjs')).start(),
  },
}

/** @param {string} file */
function changedAt(file) {
  return statSync(path.join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

async function install() {
  if (changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json')) return
  process.stderr.write('Installing what the benchmarks need, once.\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const options = { limitMs: INSTALL_LIMIT_MS, cwd: folder, quiet: true }
  const { code, output } = await run(npm, ['ci', '--no-audit', '--no-fund'], options)
  if (code !== 0) throw new Error(`npm ci in ${folder} failed:\n${output}`)
}

async function main() {
  const names = process.argv.slice(2)
  const unknown = names.filter((name) => !Object.hasOwn(benches, name))
  if (unknown.length > 0) {
    const known = Object.entries(benches).map(([name, { about }]) => `  ${name.padEnd(8)}${about}`)
    process.stderr.write(
      `There is no benchmark "${unknown.join('", "')}". There are:\n${known.join('\n')}\n`,
    )
    process.exitCode = 2
    return
  }
  await install()
  if (isStale()) await build()
  const { machine, loadAverage } = await import('./rig/report.mjs')
  const { chromiumVersion } = await import('./rig/chromium.mjs')
  process.stdout.write(`${machine(await chromiumVersion())}\n`)
  for (const [name, { measure }] of Object.entries(benches)) {
    if (names.length > 0 && !names.includes(name)) continue
    const before = loadAverage()
    const text = await measure()
    process.stdout.write(`\n── npm run bench ${name}\n\n${text}\n\n`)
    process.stdout.write(`Load average (1, 5, 15 min) before: ${before}; after: ${loadAverage()}\n`)
  }
}

await main()
