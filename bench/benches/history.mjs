/** The history with 100,000 tasks: pages and searches of the host, and of the window until they are drawn. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { launchChromium } from '../rig/chromium.mjs'
import { fill, tryOut } from '../rig/filled-data.mjs'
import { startHost, stopHost } from '../rig/host.mjs'
import { loadAverage, ms, ratio, table } from '../rig/report.mjs'
import { percentile, sorted } from '../rig/statistics.mjs'
import { installWindowProbe } from '../rig/ui/window-probe.mjs'
import { temporaryFolder } from '../rig/workspace.mjs'

const MUCH = { tasks: 100_000, messages: 2_000 }
const ROUNDS = 20
const QUESTIONS = ['Print the version', 'older version can', 'nothing has this', 'v']
const SCROLLS = 150

/** @returns {Promise<string>} */
export async function history() {
  await using stack = new AsyncDisposableStack()
  const { folder } = stack.use(temporaryFolder())
  const place = { dataDirectory: path.join(folder, 'data'), workspace: path.join(folder, 'work') }
  mkdirSync(place.dataDirectory, { mode: 0o700 })
  mkdirSync(place.workspace)
  fill(place, await tryOut(place), MUCH)
  const host = await startHost(place)
  stack.defer(() => stopHost(host))
  const indexMs = await untilIndexed(place)
  const asked = await askHost(host)
  process.stderr.write(`history: host done, load average ${loadAverage()}\n`)
  const browser = await launchChromium()
  stack.defer(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const emptyMs = await emptyFrame(page)
  await page.addInitScript(installWindowProbe)
  await page.goto(host.address.url)
  await page.waitForSelector('html[data-ready="true"]', { state: 'attached' })
  const window = await measureWindow(page, emptyMs)
  const title = `${MUCH.tasks.toLocaleString('en')} tasks, ${MUCH.messages.toLocaleString('en')} messages; medians and the 95th of a hundred; load average ${loadAverage()}.`
  const index = `Copied rows were indexed in the background within ${(indexMs / 1000).toFixed(0)} s.`
  return [title, index, '', asked, '', window].join('\n')
}

/** @param {import('../rig/host.mjs').Place} place */
async function untilIndexed({ dataDirectory }) {
  const before = performance.now()
  const db = new Database(path.join(dataDirectory, 'smart-agents.db'), { readonly: true })
  try {
    const left = db.prepare(
      'SELECT (SELECT count(*) FROM search_backlog) + (SELECT count(*) FROM message_backlog)',
    )
    while (left.pluck().get() !== 0) await new Promise((resolve) => setTimeout(resolve, 500))
    return performance.now() - before
  } finally {
    db.close()
  }
}

/** @param {import('../rig/host.mjs').RunningHost} host */
async function askHost({ rpc }) {
  const rows = []
  for (const query of [undefined, ...QUESTIONS]) {
    const times = []
    for (let n = 0; n < ROUNDS; n++) {
      const before = performance.now()
      await rpc.call('history.search', { limit: 60, ...(query === undefined ? {} : { query }) })
      times.push(performance.now() - before)
    }
    rows.push([query === undefined ? 'first page' : `search "${query}"`, ...spread(times)])
  }
  return table(['host', 'median', 'p95'], rows)
}

/**
 * What two frames of an empty page take on this machine.
 *
 * @param {import('playwright-core').Page} page
 */
async function emptyFrame(page) {
  await page.goto('about:blank')
  const times = []
  for (let n = 0; n < ROUNDS; n++) times.push(await page.evaluate(twoFrames))
  return percentile(sorted(times), 50)
}

/** Runs in the page. */
function twoFrames() {
  const before = performance.now()
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - before)))
  })
}

/**
 * @param {import('playwright-core').Page} page
 * @param {number} emptyMs
 */
async function measureWindow(page, emptyMs) {
  const first = []
  for (let n = 0; n < ROUNDS; n++) {
    await page.getByRole('button', { name: 'Chat', exact: true }).click()
    first.push(await page.evaluate(untilDrawn, { button: 'History' }))
  }
  const searches = []
  for (let n = 0; n < ROUNDS; n++) {
    for (const text of ['older version', 'Print the version']) {
      searches.push(await page.evaluate(untilDrawn, { text }))
    }
  }
  await page.locator('#history-search').fill('')
  await page.mouse.move(500, 500)
  await page.evaluate(() => Reflect.get(window, 'benchWindow').begin())
  for (let n = 0; n < SCROLLS; n++) await page.mouse.wheel(0, 600)
  const { long, gaps } = await page.evaluate(() => Reflect.get(window, 'benchWindow').end())
  const drawn = table(
    ['window, until it is drawn', 'median', 'p95', 'to an empty page'],
    [
      ['first page', ...spread(first), ratio(percentile(sorted(first), 50), emptyMs)],
      ['search', ...spread(searches), ratio(percentile(sorted(searches), 50), emptyMs)],
    ],
  )
  const frames = `Scrolling by ${SCROLLS * 600} px: ${long.length} long tasks, frames ${spread(gaps).join(' / ')} apart; two frames of an empty page take ${ms(emptyMs)}.`
  return `${drawn}\n\n${frames}`
}

/**
 * Runs in the page: from a click or the last letter to the frame that shows what was asked for.
 *
 * @param {{ button?: string, text?: string }} what
 */
function untilDrawn({ button, text }) {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector('#history-search'))
  const shows = () => {
    if (text === undefined) return document.querySelector('[data-task]') !== null
    const marks = [...document.querySelectorAll('[data-row] mark')]
    return (
      marks.length > 0 &&
      marks.every((mark) => mark.textContent?.toLowerCase() === text.toLowerCase())
    )
  }
  const before = performance.now()
  if (button !== undefined) {
    const buttons = [...document.querySelectorAll('nav button')]
    const found = buttons.find(({ textContent }) => textContent === button)
    if (found instanceof HTMLElement) found.click()
  } else if (field !== null) {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
    set?.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  return new Promise((resolve) => {
    const look = () => {
      if (shows()) requestAnimationFrame(() => resolve(performance.now() - before))
      else requestAnimationFrame(look)
    }
    look()
  })
}

/** @param {readonly number[]} times */
function spread(times) {
  const ascending = sorted(times)
  return [ms(percentile(ascending, 50)), ms(percentile(ascending, 95))]
}
