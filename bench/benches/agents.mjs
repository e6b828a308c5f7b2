/** 200 agents with a scripted model on loopback: mail, wakes, the event loop, memory, and a start after kill -9. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root, startHost, stopHost } from '../rig/host.mjs'
import { ms, table } from '../rig/report.mjs'
import { summarize } from '../rig/statistics.mjs'
import { WatchedProcess } from '../rig/watched-process.mjs'
import { temporaryFolder } from '../rig/workspace.mjs'

const AGENTS = 200
/** Mails of one ring, each of which begins at another agent. */
const HOPS = 5
const SESSION = { sessionId: 'bench' }
const LIMITS = {
  cpuThreshold: 100,
  memoryThreshold: 100,
  maxConcurrentTasks: AGENTS,
  maxConcurrentAgents: AGENTS,
}
const NAMES = Array.from({ length: AGENTS }, (_, number) => `a${number}`)
/** After what has just happened, so that nothing of it is measured. */
const SETTLE_MS = 500

/**
 * @typedef {import('../rig/host.mjs').RunningHost} RunningHost
 * @typedef {import('../rig/statistics.mjs').Summary} Summary
 */

/** @returns {Promise<string>} */
export async function agents() {
  await using stack = new AsyncDisposableStack()
  const { folder } = stack.use(temporaryFolder())
  const provider = new WatchedProcess('the provider', [
    path.join(import.meta.dirname, '../rig/mail-provider-process.mjs'),
  ])
  stack.defer(() => provider.stop())
  const env = { ANTHROPIC_BASE_URL: await provider.firstLine(), ANTHROPIC_API_KEY: 'bench' }
  const place = { dataDirectory: path.join(folder, 'data'), workspace: root, env }
  const host = await startHost(place, { watched: true })
  stack.defer(() => stopHost(host))
  await host.rpc.call('queue.limits.set', LIMITS)
  const memory = await memoryPerAgent(host)
  await host.rpc.call('events.subscribe', { topics: ['agent', 'async'] })
  const mail = await ring(host)
  const wakes = {
    timer: await timerWakes(host),
    event: await eventWakes(host),
    mail: await mailWakes(host),
  }
  const recovery = await recover(host, place)
  return report({ memory, mail, wakes, recovery })
}

/**
 * Creates the agents.
 *
 * @param {RunningHost} host
 * @returns {Promise<number>} bytes that each of them adds to the process
 */
async function memoryPerAgent({ rpc, address }) {
  // The first ones also load code, which the others find there.
  for (const agentId of NAMES.slice(0, 10)) await create(rpc, agentId)
  await sleep(SETTLE_MS)
  const before = residentBytes(address.pid)
  for (const agentId of NAMES.slice(10)) await create(rpc, agentId)
  await sleep(SETTLE_MS)
  return (residentBytes(address.pid) - before) / (AGENTS - 10)
}

/**
 * @param {import('../rig/rpc.mjs').Rpc} rpc
 * @param {string} agentId
 */
function create(rpc, agentId) {
  return rpc.call('async.createAgent', { ...SESSION, agentId, autoStart: true })
}

/** @param {number} pid */
function residentBytes(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
}

/**
 * Every agent gets a mail that is passed on from agent to agent.
 *
 * @param {RunningHost} host
 */
async function ring({ rpc, process: child }) {
  const expected = AGENTS * (HOPS + 1)
  let done = 0
  const all = rpc.event((name) => {
    if (name === 'async.task.completed') done += 1
    return done === expected
  })
  child.beginMeasurement()
  const from = performance.now()
  const body = `ring ${HOPS} of ${AGENTS}`
  await Promise.all(
    NAMES.map((to) => rpc.call('mail.send', { ...SESSION, to, subject: 'ring', body })),
  )
  await all
  const seconds = (performance.now() - from) / 1000
  const loop = await child.endMeasurement()
  return { perSecond: expected / seconds, loop: summarize(loop.delays), loopMax: loop.maxMs }
}

/**
 * All sleep for a second; how late each wakes, by the instant that the event of its wake carries.
 *
 * @param {RunningHost} host
 * @returns {Promise<Summary>}
 */
async function timerWakes({ rpc }) {
  /** @type {Map<string, number>} */
  const due = new Map()
  /** @type {number[]} */
  const late = []
  const all = rpc.event((name, { agentId, from, at }) => {
    if (name === 'agent.state_changed' && from === 'sleeping')
      late.push(at - (due.get(agentId) ?? at))
    return late.length === AGENTS
  })
  for (const [number, agentId] of NAMES.entries()) {
    // Spread over a second, as timers of different agents are.
    const durationSeconds = 1 + number / AGENTS
    const before = Date.now()
    await rpc.call('async.sleepAgent', { ...SESSION, agentId, durationSeconds })
    due.set(agentId, before + durationSeconds * 1000)
  }
  await all
  return summarize(late)
}

/**
 * From the call to the event of the wake, as another program sees it, one agent after another.
 *
 * @param {RunningHost} host
 * @param {object} sleeps what wakes the agent
 * @param {(agentId: string) => Promise<unknown>} wake
 * @returns {Promise<Summary>}
 */
async function wakes({ rpc }, sleeps, wake) {
  const waits = []
  for (const agentId of NAMES) {
    await rpc.call('async.sleepAgent', { ...SESSION, agentId, ...sleeps })
    const woken = rpc.event(
      (name, params) =>
        name === 'agent.state_changed' && params.from === 'sleeping' && params.agentId === agentId,
    )
    const from = performance.now()
    const idle = rpc.event(
      (name, params) => name === 'async.task.completed' && params.agentId === agentId,
    )
    void wake(agentId)
    await woken
    waits.push(performance.now() - from)
    await idle
  }
  return summarize(waits)
}

/** @param {RunningHost} host */
function eventWakes(host) {
  return wakes(host, { wakeEvents: ['bench'] }, () =>
    host.rpc.call('async.broadcastEvent', { ...SESSION, event: 'bench' }),
  )
}

/** @param {RunningHost} host */
function mailWakes(host) {
  return wakes(host, { wakeEvents: ['mail_received'] }, (to) =>
    host.rpc.call('mail.send', { ...SESSION, to, subject: 's', body: 'b' }),
  )
}

/**
 * kill -9 while all of them handle mail, and a start on what is left.
 *
 * @param {RunningHost} host
 * @param {import('../rig/host.mjs').Place} place
 */
async function recover({ rpc, process: child }, place) {
  const body = `ring ${HOPS} of ${AGENTS}`
  await Promise.all(
    NAMES.map((to) => rpc.call('mail.send', { ...SESSION, to, subject: 'ring', body })),
  )
  child.child.kill('SIGKILL')
  await new Promise((resolve) => child.child.once('exit', resolve))
  const again = await startHost(place)
  const from = performance.now()
  const { agents: states } = await again.rpc.call('async.getAgentStates', SESSION)
  const answeredMs = performance.now() - from
  const found = Object.keys(states).length
  await stopHost(again)
  return { readyMs: again.readyMs, answeredMs, found }
}

/**
 * @param {{ memory: number, mail: Awaited<ReturnType<typeof ring>>, wakes: Record<string, Summary>,
 *   recovery: Awaited<ReturnType<typeof recover>> }} results
 */
function report({ memory, mail, wakes: woken, recovery }) {
  /** @param {number} value @param {number} aim */
  const verdict = (value, aim) => (value < aim ? 'met' : 'missed')
  const rows = Object.entries(woken).map(([what, { p50, p99 }]) => [
    `wake by ${what}, p50 / p99`,
    `${ms(p50)} / ${ms(p99)}`,
    'p99 < 20 ms',
    verdict(p99, 20),
  ])
  const kilobytes = memory / 1024
  const total = recovery.readyMs + recovery.answeredMs
  return [
    `${AGENTS} agents; every one gets a mail that is passed on ${HOPS} times.`,
    '',
    table(
      ['', 'here', 'aim', ''],
      [
        ['mails handled per second', mail.perSecond.toFixed(0), '', ''],
        [
          'event loop delay meanwhile, p99',
          ms(mail.loop.p99),
          '< 20 ms',
          verdict(mail.loop.p99, 20),
        ],
        ['event loop delay meanwhile, longest', ms(mail.loopMax), '', ''],
        ...rows,
        [
          'memory per idle agent',
          `${kilobytes.toFixed(0)} KB`,
          '< 200 KB',
          verdict(kilobytes, 200),
        ],
        [
          `after kill -9, until the state of all ${recovery.found} was told`,
          ms(total),
          '< 1 s',
          verdict(total, 1000),
        ],
      ],
    ),
  ].join('\n')
}
