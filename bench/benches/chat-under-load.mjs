/**
 * How long a token of the chat takes to the screen, and how late the host's event loop is, while five agents stream and
 * a build runs, against the same with nothing else running. The two take turns, so that what else happens on the
 * machine meets both.
 */
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { launchChromium } from '../rig/chromium.mjs'
import { root, startHost, stopHost } from '../rig/host.mjs'
import { watchMachine } from '../rig/machine-use.mjs'
import { installFrameProbe, installTokenProbe } from '../rig/page-probe.mjs'
import { loadAverage, ms, percent, ratio, table } from '../rig/report.mjs'
import { arrivalWait, medians, summarize } from '../rig/statistics.mjs'
import { WatchedProcess } from '../rig/watched-process.mjs'
import { copyProject, temporaryFolder } from '../rig/workspace.mjs'

const RUNS = 3
const ROUNDS = 2
const AGENTS = 5
/** Of the chat and of each agent. */
const TOKENS_PER_SECOND = 100
const TOKENS = 1500
const WARM_UP_TOKENS = 300
const SETTLE_MS = 3000
/** Within this time the page has shown what came last. */
const AFTERMATH_MS = 500
const NEVER_HELD_BACK = {
  cpuThreshold: 100,
  memoryThreshold: 100,
  maxConcurrentTasks: AGENTS + 1,
  maxConcurrentAgents: AGENTS,
}

/**
 * @typedef {object} Stage what stays the same for all measurements of a run
 * @property {import('../rig/host.mjs').RunningHost} host
 * @property {WatchedProcess} provider
 * @property {WatchedProcess} idle
 * @property {import('playwright-core').Page} page shows the chat
 * @property {import('playwright-core').Page} emptyPage
 *
 * @typedef {object} Sample of one measurement or several
 * @property {number[]} wire ms from a token's arrival in the page to the document
 * @property {number[]} provider ms from when the provider wrote a token to the document
 * @property {number[]} floor ms from a timer in an empty page to its next frame
 * @property {number[]} gaps ms between the frames of the empty page
 * @property {number[]} loop ms that the host's event loop was late
 * @property {number[]} idleLoop the same of a process that does nothing
 * @property {number} loopMax
 * @property {number} hostLoop share of time in which the host's loop was busy
 * @property {number} hostCpu cores
 * @property {number} machine share of all cores
 * @property {number} unseen tokens that the document never showed
 */

let nextToken = 1_000_000

/** @returns {Promise<string>} */
export async function chatUnderLoad() {
  const browser = await launchChromium()
  try {
    const runs = []
    for (let run = 1; run <= RUNS; run++) {
      const results = await oneRun(browser)
      runs.push(results)
      process.stderr.write(`chat: run ${run} of ${RUNS} done, load average ${loadAverage()}\n`)
    }
    return report(runs)
  } finally {
    await browser.close()
  }
}

/**
 * @param {import('playwright-core').Browser} browser
 * @returns {Promise<{ alone: Record<string, number>, load: Record<string, number> }>}
 */
async function oneRun(browser) {
  await using stack = new AsyncDisposableStack()
  const { folder } = stack.use(temporaryFolder())
  const workspace = path.join(folder, 'workspace')
  copyProject(workspace)
  const provider = new WatchedProcess('the provider', [
    path.join(root, 'bench/rig/provider-process.mjs'),
  ])
  stack.defer(() => provider.stop())
  const env = { ANTHROPIC_API_KEY: 'sk-bench', ANTHROPIC_BASE_URL: await provider.firstLine() }
  const place = { dataDirectory: path.join(folder, 'data'), workspace, env }
  const host = await startHost(place, { watched: true })
  stack.defer(() => stopHost(host))
  const idle = new WatchedProcess('an idle process', [
    path.join(root, 'bench/rig/idle-process.mjs'),
  ])
  stack.defer(() => idle.stop())
  await host.rpc.call('queue.limits.set', NEVER_HELD_BACK)
  await host.rpc.call('settings.set', { firstRunDone: true })
  await host.rpc.call('events.subscribe', { topics: ['chat', 'task'] })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  stack.defer(() => context.close())
  const { page, emptyPage } = await openPages(context, host.address.url)
  const stage = { host, provider, idle, page, emptyPage }
  await speak(stage, WARM_UP_TOKENS)
  const alone = []
  const load = []
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(await measure(stage))
    load.push(await underLoad(stage, () => measure(stage)))
  }
  return { alone: figures(joined(alone)), load: figures(joined(load)) }
}

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} url
 */
async function openPages(context, url) {
  const emptyPage = await context.newPage()
  await emptyPage.evaluate(installFrameProbe)
  const page = await context.newPage()
  await page.addInitScript(installTokenProbe)
  await page.goto(url)
  await page.waitForSelector('html[data-ready="true"]', { state: 'attached' })
  return { page, emptyPage }
}

/**
 * Has the assistant say `count` tokens, asked by a person; resolves when it has ended.
 *
 * @param {Stage} stage
 * @param {number} count
 * @returns {Promise<number>} the first token
 */
async function speak({ page, host }, count) {
  const first = nextToken
  nextToken += 100_000
  const ended = host.rpc.event(
    (name, { role, state }) =>
      name === 'chat.message' && role === 'assistant' && state !== 'streaming',
  )
  const field = page.getByRole('textbox', { name: 'Message', exact: true })
  await field.fill(`stream ${count} tokens from ${first} at ${TOKENS_PER_SECOND} per second`)
  await field.press('Enter')
  const { state, error } = await host.process.before(ended)
  if (state !== 'complete') throw new Error(`the reply ended as ${state}: ${error?.message}`)
  await setTimeout(AFTERMATH_MS)
  return first
}

/**
 * @param {Stage} stage
 * @returns {Promise<Sample>}
 */
async function measure(stage) {
  const { host, idle, page, emptyPage, provider } = stage
  const machine = watchMachine()
  await emptyPage.evaluate('benchFrames.begin()')
  idle.beginMeasurement()
  host.process.beginMeasurement()
  const first = await speak(stage, TOKENS)
  const loop = await host.process.endMeasurement()
  const idleLoop = await idle.endMeasurement()
  const frames = /** @type {{ waits: number[], gaps: number[] }} */ (
    await emptyPage.evaluate('benchFrames.end()')
  )
  const use = machine()
  const seen = /** @type {{ wire: [number, number][], dom: [number, number][] }} */ (
    await page.evaluate('({ wire: [...benchTokens.wire], dom: [...benchTokens.dom] })')
  )
  const written = provider.message((message) => message.written)
  provider.child.send({ journal: first })
  const dom = new Map(seen.dom.filter(([token]) => token >= first))
  return {
    wire: latencies(
      seen.wire.filter(([token]) => token >= first),
      dom,
    ),
    provider: latencies(await written, dom),
    floor: frames.waits,
    gaps: frames.gaps,
    loop: loop.delays,
    idleLoop: idleLoop.delays,
    loopMax: loop.maxMs,
    hostLoop: loop.utilization,
    hostCpu: loop.cpu,
    machine: use,
    unseen: TOKENS - dom.size,
  }
}

/**
 * @param {[number, number][]} from
 * @param {Map<number, number>} to
 */
function latencies(from, to) {
  return from.flatMap(([token, at]) => {
    const until = to.get(token)
    return until === undefined ? [] : [until - at]
  })
}

/**
 * Runs `act` while five agents stream and a build runs; one agent's live output is open beside the chat.
 *
 * @template T
 * @param {Stage} stage
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
async function underLoad({ host, page }, act) {
  const { rpc } = host
  const description = `Endless work at ${TOKENS_PER_SECOND} tokens per second`.toLowerCase()
  const builder = path.join(root, 'bench/rig/build-again.mjs')
  const tasks = Array.from({ length: AGENTS }, () => ({ type: 'agent_execution', description }))
  const build = {
    type: 'build',
    description: 'Build',
    command: `"${process.execPath}" "${builder}"`,
  }
  /** @type {string[]} */
  const ids = []
  try {
    for (const task of [build, ...tasks]) ids.push((await rpc.call('task.submit', task)).taskId)
    await page.locator(`[data-task="${ids.at(-1)}"]`).click()
    await page.getByRole('tab', { name: 'Output' }).click()
    await setTimeout(SETTLE_MS)
    await mustRun(rpc, ids)
    const result = await act()
    await mustRun(rpc, ids)
    await page.getByRole('button', { name: 'All tasks' }).click()
    return result
  } finally {
    for (const taskId of ids) await rpc.call('task.cancel', { taskId })
  }
}

/**
 * A load that has ended by itself measures nothing.
 *
 * @param {import('../rig/rpc.mjs').Rpc} rpc
 * @param {readonly string[]} ids
 */
async function mustRun(rpc, ids) {
  for (const taskId of ids) {
    const { task, result } = await rpc.call('task.get', { taskId })
    if (task.state === 'running') continue
    throw new Error(`${task.description} is ${task.state}: ${JSON.stringify(result ?? task)}`)
  }
}

/**
 * @param {readonly Sample[]} samples
 * @returns {Sample}
 */
function joined(samples) {
  const sum = (/** @type {(sample: Sample) => number} */ of) =>
    samples.reduce((total, sample) => total + of(sample), 0)
  return {
    wire: samples.flatMap((sample) => sample.wire),
    provider: samples.flatMap((sample) => sample.provider),
    floor: samples.flatMap((sample) => sample.floor),
    gaps: samples.flatMap((sample) => sample.gaps),
    loop: samples.flatMap((sample) => sample.loop),
    idleLoop: samples.flatMap((sample) => sample.idleLoop),
    loopMax: Math.max(...samples.map((sample) => sample.loopMax)),
    hostLoop: sum((sample) => sample.hostLoop) / samples.length,
    hostCpu: sum((sample) => sample.hostCpu) / samples.length,
    machine: sum((sample) => sample.machine) / samples.length,
    unseen: sum((sample) => sample.unseen),
  }
}

/**
 * @param {Sample} sample
 * @returns {Record<string, number>}
 */
function figures(sample) {
  const wire = summarize(sample.wire)
  const provider = summarize(sample.provider)
  const floor = summarize(sample.floor)
  const gaps = summarize(sample.gaps)
  const loop = summarize(sample.loop)
  const idle = summarize(sample.idleLoop)
  // The watched timer is due after 1 ms, so a round of the loop is that much longer than its delay.
  const round = (/** @type {number} */ delay) => delay + 1
  return {
    wire50: wire.p50,
    wire99: wire.p99,
    provider50: provider.p50,
    provider99: provider.p99,
    floor50: floor.p50,
    floor99: floor.p99,
    gap50: gaps.p50,
    gap99: gaps.p99,
    loop50: loop.p50,
    loop99: loop.p99,
    loopMax: sample.loopMax,
    arrival99: arrivalWait(sample.loop.map(round), 99),
    idle50: idle.p50,
    idle99: idle.p99,
    idleArrival99: arrivalWait(sample.idleLoop.map(round), 99),
    hostLoop: sample.hostLoop,
    hostCpu: sample.hostCpu,
    machine: sample.machine,
    unseen: sample.unseen,
  }
}

/** @type {readonly (readonly [string, string])[]} */
const LATENCIES = [
  ['wire → DOM, p50', 'wire50'],
  ['wire → DOM, p99', 'wire99'],
  ['provider → DOM, p50', 'provider50'],
  ['provider → DOM, p99', 'provider99'],
  ['empty page: timer → frame, p50', 'floor50'],
  ['empty page: timer → frame, p99', 'floor99'],
  ['empty page: between frames, p50', 'gap50'],
  ['empty page: between frames, p99', 'gap99'],
  ['host loop delay, p50', 'loop50'],
  ['host loop delay, p99', 'loop99'],
  ['host loop delay, longest', 'loopMax'],
  ['host loop, wait at a random moment, p99', 'arrival99'],
  ['idle process, loop delay, p50', 'idle50'],
  ['idle process, loop delay, p99', 'idle99'],
  ['idle process, wait at a random moment, p99', 'idleArrival99'],
]

/** @param {readonly { alone: Record<string, number>, load: Record<string, number> }[]} runs */
function report(runs) {
  const alone = medians(runs.map((run) => run.alone))
  const load = medians(runs.map((run) => run.load))
  const of = (/** @type {Record<string, number>} */ all, /** @type {string} */ name) =>
    all[name] ?? Number.NaN
  const each = (/** @type {'alone' | 'load'} */ when, /** @type {string} */ name) =>
    runs.map((run) => of(run[when], name).toFixed(1)).join(' ')
  const rows = LATENCIES.map(([label, name]) => [
    label,
    ms(of(alone, name)),
    ms(of(load, name)),
    ms(of(load, name) - of(alone, name)),
    each('alone', name),
    each('load', name),
  ])
  const shares = [
    ['host loop busy', percent(of(alone, 'hostLoop')), percent(of(load, 'hostLoop'))],
    ['host CPU, cores', of(alone, 'hostCpu').toFixed(2), of(load, 'hostCpu').toFixed(2)],
    ['machine busy', percent(of(alone, 'machine')), percent(of(load, 'machine'))],
    ['tokens never shown', `${of(alone, 'unseen')}`, `${of(load, 'unseen')}`],
  ].map((row) => [...row, '', '', ''])
  const times = (/** @type {string} */ name, /** @type {string} */ floor) =>
    `${ratio(of(alone, name), of(alone, floor))} alone, ${ratio(of(load, name), of(load, floor))} under load`
  return [
    `Chat under load: ${AGENTS} agents at ${TOKENS_PER_SECOND} tokens/s each and a build; the chat at ${TOKENS_PER_SECOND} tokens/s.`,
    `Medians of ${RUNS} runs; in each ${ROUNDS} × (alone, under load) of ${TOKENS} tokens.`,
    '',
    table(
      ['', 'alone', 'under load', 'difference', 'runs alone', 'runs under load'],
      [...rows, ...shares],
    ),
    '',
    `Against the machine's own noise, p99: wire → DOM is ${times('wire99', 'floor99')}; the host's loop delay is ${times('loop99', 'idle99')}.`,
  ].join('\n')
}
