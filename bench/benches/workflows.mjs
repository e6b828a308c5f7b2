/** The workflows of the seed, in the background and one task after another: how long until all of it is done. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { startHost, stopHost } from '../rig/host.mjs'
import { percent, table } from '../rig/report.mjs'
import { WatchedProcess } from '../rig/watched-process.mjs'
import { temporaryFolder } from '../rig/workspace.mjs'

const FREE = { cpuThreshold: 100, memoryThreshold: 100 }
const LIMITS = {
  'one after another': { ...FREE, maxConcurrentTasks: 1, maxConcurrentAgents: 1 },
  'as shipped': { ...FREE, maxConcurrentTasks: 5, maxConcurrentAgents: 6 },
}

/**
 * @param {string} key
 * @param {string[]} [dependsOn]
 */
const part = (key, dependsOn = []) => ({
  ...{ key, title: key, description: `Write file ${key}.txt and check it.`, dependsOn },
  agent: 'general-purpose',
})

/** @type {Record<string, ReturnType<typeof part>[]>} */
const WORKFLOWS = {
  'review and refactoring': [part('review'), part('refactoring')],
  'three features': [part('login'), part('logout'), part('reset')],
  'research, then implement': [part('research'), part('implement', ['research'])],
  'plan, three coders, integrator, tests': [
    part('plan'),
    ...['one', 'two', 'three'].map((key) => part(key, ['plan'])),
    part('integrate', ['one', 'two', 'three']),
    part('tests', ['integrate']),
  ],
}

/** @typedef {{ totalMs: number, waitMs: number, tasks: number }} Run */

/** @returns {Promise<string>} */
export async function workflows() {
  await using stack = new AsyncDisposableStack()
  const { folder } = stack.use(temporaryFolder())
  const provider = new WatchedProcess('the provider', [
    path.join(import.meta.dirname, '../rig/team-provider-process.mjs'),
  ])
  stack.defer(() => provider.stop())
  const workspace = path.join(folder, 'workspace')
  repository(workspace)
  const env = { ANTHROPIC_BASE_URL: await provider.firstLine(), ANTHROPIC_API_KEY: 'bench' }
  const host = await startHost({ dataDirectory: path.join(folder, 'data'), workspace, env })
  stack.defer(() => stopHost(host))
  await host.rpc.call('events.subscribe', { topics: ['task'] })
  const rows = [...Object.entries(WORKFLOWS), ['all four at once', null]]
  /** @type {string[][]} */
  const lines = []
  for (const [name, parts] of /** @type {[string, ReturnType<typeof part>[] | null][]} */ (rows)) {
    const plans = parts === null ? Object.values(WORKFLOWS) : [parts]
    /** @type {Run[]} */
    const runs = []
    for (const limits of Object.values(LIMITS)) {
      await host.rpc.call('queue.limits.set', limits)
      runs.push(await run(host.rpc, plans))
    }
    lines.push(line(name, runs))
  }
  const head = ['', ...Object.keys(LIMITS), 'throughput', 'waited before', 'now', 'less']
  return `${table(head, lines)}\n\nWaiting: the mean time of a task from its submission, or from the end of what it depends on, to its start.`
}

/** @param {string} folder */
function repository(folder) {
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'readme.txt'), 'a repository\n')
  /** @param {string[]} args */
  const git = (...args) => execFileSync('git', ['-C', folder, ...args], { stdio: 'ignore' })
  git('init', '-q')
  git('add', '.')
  git('-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '-qm', 'begin')
}

/**
 * @param {import('../rig/rpc.mjs').Rpc} rpc
 * @param {ReturnType<typeof part>[][]} plans
 * @returns {Promise<Run>}
 */
async function run(rpc, plans) {
  const begun = performance.now()
  const leads = await Promise.all(
    plans.map((parts) =>
      rpc.call('task.submit', {
        type: 'orchestration',
        description: 'the workflow',
        input: { plan: { goal: 'the workflow', parts } },
      }),
    ),
  )
  const results = await Promise.all(
    leads.map(({ taskId }) => rpc.call('task.result', { taskId, waitMs: 600_000 })),
  )
  const totalMs = performance.now() - begun
  const failed = results.find(({ success }) => !success)
  if (failed !== undefined) throw new Error(`a workflow failed: ${JSON.stringify(failed)}`)
  /** @type {number[]} */
  const waits = []
  for (const { taskId } of leads) {
    const { tasks } = await rpc.call('task.list', { parentId: taskId })
    waits.push(...(await Promise.all(tasks.map((/** @type {any} */ task) => waitOf(rpc, task)))))
  }
  const waitMs = waits.reduce((sum, wait) => sum + wait, 0) / waits.length
  return { totalMs, waitMs, tasks: waits.length }
}

/**
 * @param {import('../rig/rpc.mjs').Rpc} rpc
 * @param {{ id: string, createdAt: number, startedAt: number }} listed
 */
async function waitOf(rpc, { id, createdAt, startedAt }) {
  const { task } = await rpc.call('task.get', { taskId: id })
  const ends = await Promise.all(
    (task.dependencies ?? []).map(async (/** @type {string} */ taskId) => {
      const before = await rpc.call('task.get', { taskId })
      return before.task.completedAt
    }),
  )
  return startedAt - Math.max(createdAt, ...ends)
}

/**
 * @param {string} name
 * @param {Run[]} runs one after another, then as shipped
 */
function line(name, [serial, shipped]) {
  if (serial === undefined || shipped === undefined) throw new Error('a run is missing')
  const seconds = (/** @type {number} */ value) => `${(value / 1000).toFixed(1)} s`
  return [
    name,
    seconds(serial.totalMs),
    seconds(shipped.totalMs),
    `× ${(serial.totalMs / shipped.totalMs).toFixed(2)}`,
    seconds(serial.waitMs),
    seconds(shipped.waitMs),
    percent(1 - shipped.waitMs / serial.waitMs),
  ]
}
