/**
 * `npm test`: everything that must hold before a change goes in, with a summary. `node scripts/test.mjs STAGE...` runs
 * only these stages; arguments that begin with a dash go to the last of them.
 */
import { readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { underBundledNode } from './bundled-node.mjs'
import { ensurePrograms } from './ensure-programs.mjs'
import { run } from './run.mjs'

await underBundledNode(import.meta.url)

const root = path.dirname(import.meta.dirname)
const results = path.join(root, 'test-results')
const STAGE_LIMIT_MS = 15 * 60_000

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, about: string, act: (args: string[]) => Promise<Counts | undefined> }} Stage
 */

/**
 * The script behind a tool's `bin`, to be run by this very Node.
 *
 * @param {string} name
 * @param {string} [binName]
 */
function toolScript(name, binName = name) {
  const folder = path.join(root, 'node_modules', name)
  const manifest = createRequire(import.meta.url)(path.join(folder, 'package.json'))
  return path.join(folder, typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[binName])
}

/**
 * @param {string} script
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function node(script, args, env = {}) {
  const options = { limitMs: STAGE_LIMIT_MS, cwd: root, env: { ...process.env, ...env } }
  const { code, timedOut } = await run(process.execPath, [script, ...args], options)
  if (timedOut)
    throw new Error(`took longer than ${STAGE_LIMIT_MS / 60_000} minutes and was killed`)
  return code
}

/**
 * @param {string} script
 * @param {string[]} args
 */
async function check(script, args) {
  const code = await node(script, args)
  if (code !== 0) throw new Error(`exit code ${code}`)
  return undefined
}

/**
 * A runner that fails though no test failed (a leak, an error outside of tests) counts as one failure.
 *
 * @param {Counts} counts
 * @param {number | null} code
 */
function withExitCode(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/**
 * @param {string} file
 * @returns {any}
 */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Error('ended without a report', { cause })
  }
}

/** @param {string[]} args */
async function vitest(args) {
  const report = path.join(results, 'vitest.json')
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await node(toolScript('vitest'), ['run', ...reporters, ...args])
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = readReport(report)
  const brokenFiles = testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  )
  const failed = numFailedTests + brokenFiles.length
  return withExitCode({ passed: numPassedTests, failed, skipped: numPendingTests }, code)
}

/**
 * @param {string} project of playwright.config.ts
 * @param {string[]} args
 */
async function playwright(project, args) {
  // Imported late: it loads Playwright, which the other stages do without.
  const { ensureChromium } = await import('./ensure-chromium.mjs')
  const chromium = await ensureChromium()
  const report = path.join(results, `playwright-${project}.json`)
  rmSync(report, { force: true })
  const env = { SMART_AGENTS_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const script = toolScript('@playwright/test', 'playwright')
  const code = await node(
    script,
    ['test', `--project=${project}`, '--reporter=list,json', ...args],
    env,
  )
  const { expected, unexpected, flaky, skipped } = readReport(report).stats
  return withExitCode({ passed: expected, failed: unexpected + flaky, skipped }, code)
}

async function tools() {
  await ensurePrograms()
  const { ensureChromium } = await import('./ensure-chromium.mjs')
  await ensureChromium()
  return undefined
}

/** @type {Stage[]} */
const stages = [
  { name: 'tools', about: 'git, Python and a Chromium', act: tools },
  {
    name: 'types',
    about: 'tsc',
    act: (args) => check(toolScript('typescript', 'tsc'), ['-b', ...args]),
  },
  {
    name: 'lint',
    about: 'biome',
    act: (args) =>
      check(toolScript('@biomejs/biome', 'biome'), ['check', '--error-on-warnings', ...args]),
  },
  { name: 'unused', about: 'knip', act: (args) => check(toolScript('knip'), args) },
  {
    name: 'build',
    about: 'out/',
    act: (args) => check(path.join(root, 'scripts/build.mjs'), args),
  },
  { name: 'vitest', about: 'unit and integration tests', act: vitest },
  {
    name: 'browser',
    about: 'end-to-end tests on the browser host',
    act: (args) => playwright('browser', args),
  },
  {
    name: 'electron',
    about: 'end-to-end tests on the app',
    act: (args) => playwright('electron', args),
  },
]

/** @param {number} sinceMs */
function seconds(sinceMs) {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`
}

/**
 * @param {Stage} stage
 * @param {string[]} args
 */
async function runStage(stage, args) {
  process.stdout.write(`\n── ${stage.name}: ${stage.about}\n`)
  const startedAt = performance.now()
  try {
    const counts = await stage.act(args)
    const { passed, failed, skipped } = counts ?? { passed: 0, failed: 0, skipped: 0 }
    const detail = counts
      ? `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
      : 'ok'
    return { name: stage.name, passed, failed, detail, time: seconds(startedAt) }
  } catch (error) {
    const detail = `FAILED: ${error instanceof Error ? error.message : String(error)}`
    return { name: stage.name, passed: 0, failed: 1, detail, time: seconds(startedAt) }
  }
}

const names = process.argv.slice(2).filter((arg) => !arg.startsWith('-'))
const extra = process.argv.slice(2).filter((arg) => arg.startsWith('-'))
const unknown = names.filter((name) => !stages.some((stage) => stage.name === name))
if (unknown.length > 0) {
  const known = stages.map((stage) => stage.name).join(', ')
  process.stderr.write(`There is no stage ${unknown.join(', ')}: there are ${known}\n`)
  process.exit(2)
}
const chosen = stages.filter((stage) => names.length === 0 || names.includes(stage.name))

const outcomes = []
for (const stage of chosen) {
  outcomes.push(await runStage(stage, stage === chosen.at(-1) ? extra : []))
}

process.stdout.write('\n── summary\n')
for (const { name, detail, time } of outcomes) {
  process.stdout.write(`${name.padEnd(8)} ${time.padStart(8)}   ${detail}\n`)
}
const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0)
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
