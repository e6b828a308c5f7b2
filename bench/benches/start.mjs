/** From the start of a program to what a person, or another program, can use; with little and with much data. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { launchChromium } from '../rig/chromium.mjs'
import { fill, tryOut } from '../rig/filled-data.mjs'
import { cleanEnvironment, root, startHost, stopHost } from '../rig/host.mjs'
import { loadAverage, ms, table } from '../rig/report.mjs'
import { median } from '../rig/statistics.mjs'
import { WatchedProcess } from '../rig/watched-process.mjs'
import { temporaryFolder } from '../rig/workspace.mjs'

const STARTS = 7
const MUCH = { tasks: 10_000, messages: 10_000 }
const STAND_IN = './e2e/electron-stand-in/register.mjs'
const WINDOW_ADDRESS = /^https:\/\/[^/]+\.app\.stand-in\//
/** Where the renderer keeps which conversation a window showed last. */
const SHOWN_CONVERSATION = 'smart-agents.conversation'

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {(n: number) => Promise<import('../rig/host.mjs').Place>} place of the n-th start
 * @property {string | null} conversationId which the window shows
 */

/** @returns {Promise<string>} */
export async function start() {
  await using stack = new AsyncDisposableStack()
  const { folder } = stack.use(temporaryFolder())
  const browser = await launchChromium()
  stack.defer(() => browser.close())
  const cases = await prepare(folder)
  /** @type {string[][]} */
  const hosts = []
  /** @type {string[][]} */
  const windows = []
  for (const one of cases) {
    const { direct, command, pages } = await measure(one, browser)
    hosts.push(
      [`host, ${one.name}`, ...spread(direct, 'readyMs'), ...spread(direct, 'answeredMs')],
      [`command, ${one.name}`, ...spread(command, 'readyMs'), ...spread(command, 'answeredMs')],
    )
    windows.push([`browser, ${one.name}`, ...spread(pages, 'pageMs'), ...spread(pages, 'totalMs')])
    process.stderr.write(`start: ${one.name} done, load average ${loadAverage()}\n`)
  }
  for (const one of cases)
    windows.push([`app on the stand-in, ${one.name}`, ...(await appTimes(one))])
  return [
    `Start: medians of ${STARTS} starts, and the longest.`,
    '`host` is out/main/server.js by itself; `command` is `smart-agents serve`, with compiled code kept between starts.',
    '',
    table(
      ['from the start of the process', 'can serve', 'longest', 'first answer', 'longest'],
      hosts,
    ),
    '',
    'Window: to the first usable paint (the state of the host is on screen). `page` counts from the navigation,',
    '`in all` from the start of the host; the browser runs already, with nothing of the page in its cache. For the app',
    '`in all` includes starting a whole Chromium, which stands for what Electron itself takes.',
    '',
    table(['', 'page', 'longest', 'in all', 'longest'], windows),
  ].join('\n')
}

/**
 * @param {string} folder
 * @returns {Promise<Case[]>}
 */
async function prepare(folder) {
  const workspace = path.join(folder, 'workspace')
  mkdirSync(workspace)
  const place = (/** @type {string} */ name) => ({
    dataDirectory: path.join(folder, name),
    workspace,
  })
  const used = place('used')
  const { conversationId } = await tryOut(used)
  const full = place('full')
  const known = await tryOut(full)
  fill(full, known, MUCH)
  let fresh = 0
  const amount = `${MUCH.tasks.toLocaleString('en')} tasks, ${MUCH.messages.toLocaleString('en')} messages`
  return [
    { name: 'first start', place: async () => place(`new-${++fresh}`), conversationId: null },
    { name: 'next start', place: async () => used, conversationId },
    { name: amount, place: async () => full, conversationId: known.conversationId },
  ]
}

/**
 * @param {Case} one
 * @param {import('playwright-core').Browser} browser
 */
async function measure(one, browser) {
  const direct = []
  const command = []
  const pages = []
  for (let n = 0; n < STARTS; n++) {
    const host = await startHost(await one.place(n))
    try {
      direct.push({ readyMs: host.readyMs, answeredMs: host.answeredMs })
      pages.push(await pageTimes(browser, host, one.conversationId))
    } finally {
      await stopHost(host)
    }
    const other = await startHost(await one.place(n), { program: 'command' })
    command.push({ readyMs: other.readyMs, answeredMs: other.answeredMs })
    await stopHost(other)
  }
  return { direct, command, pages }
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('../rig/host.mjs').RunningHost} host
 * @param {string | null} conversationId
 */
async function pageTimes(browser, host, conversationId) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    if (conversationId !== null) {
      await page.addInitScript(
        ([key, id]) => localStorage.setItem(key ?? '', id ?? ''),
        [SHOWN_CONVERSATION, conversationId],
      )
    }
    await page.goto(host.address.url)
    const { startTime } = await usablePaint(page)
    return { pageMs: startTime, totalMs: host.readyMs + startTime }
  } finally {
    await context.close()
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @returns {Promise<{ startTime: number, at: number }>} ms since the navigation; epoch ms
 */
async function usablePaint(page) {
  await page.waitForSelector('html[data-ready="true"]', { state: 'attached' })
  return page.evaluate(() => {
    const [mark] = performance.getEntriesByName('first-usable-paint')
    if (mark === undefined) throw new Error('the page has no mark "first-usable-paint"')
    return { startTime: mark.startTime, at: performance.timeOrigin + mark.startTime }
  })
}

/**
 * The built desktop app on the stand-in for Electron; its window shows the empty chat.
 *
 * @param {Case} one
 * @returns {Promise<string[]>}
 */
async function appTimes(one) {
  const starts = []
  for (let n = 0; n < STARTS; n++) {
    const { dataDirectory, workspace } = await one.place(n)
    const args = ['out/main/index.js', '--data-dir', dataDirectory, '--workspace', workspace]
    const app = new WatchedProcess('the app on the stand-in', ['--import', STAND_IN, ...args], {
      cwd: root,
      env: cleanEnvironment(),
    })
    try {
      /** @type {string} */
      const endpoint = await app.message((message) => message.endpoint)
      const browser = await app.before(chromium.connectOverCDP(endpoint))
      const [context] = browser.contexts()
      if (context === undefined) throw new Error('the stand-in has no browser context')
      const page = context.pages()[0] ?? (await context.waitForEvent('page'))
      await app.before(page.waitForURL(WINDOW_ADDRESS))
      const { startTime, at } = await app.before(usablePaint(page))
      starts.push({ pageMs: startTime, totalMs: at - app.startedAt })
      await browser.close()
    } finally {
      await app.stop()
    }
  }
  return [...spread(starts, 'pageMs'), ...spread(starts, 'totalMs')]
}

/**
 * @template {string} K
 * @param {readonly Record<K, number>[]} starts
 * @param {K} name
 */
function spread(starts, name) {
  const values = starts.map((one) => one[name])
  return [ms(median(values)), ms(Math.max(...values))]
}
