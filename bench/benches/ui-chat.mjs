/**
 * The chat in the window as it ships, on a host with real data: a conversation of 10,000 messages is opened, mounted and
 * scrolled; then somebody types while five conversations stream. The same on an empty page tells what the machine takes.
 */
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fill, tryOut } from '../rig/filled-data.mjs'
import { root, startHost, stopHost } from '../rig/host.mjs'
import { ms, ratio, table } from '../rig/report.mjs'
import { median, percentile, sorted } from '../rig/statistics.mjs'
import { installWindowProbe } from '../rig/ui/window-probe.mjs'
import { WatchedProcess } from '../rig/watched-process.mjs'
import { temporaryFolder } from '../rig/workspace.mjs'

const MESSAGES = 10_000
const OPENINGS = 7
const SCROLLS = 120
const STREAMS = 5
const TOKENS_PER_SECOND = 60
const KEYS = 150
const KEY_EVERY_MS = 60

/**
 * @param {import('playwright-core').Browser} browser
 * @returns {Promise<string>}
 */
export async function chatWindow(browser) {
  await using stack = new AsyncDisposableStack()
  const { folder } = stack.use(temporaryFolder())
  const place = { dataDirectory: path.join(folder, 'data'), workspace: folder }
  const known = await tryOut(place)
  fill(place, known, { tasks: 50, messages: MESSAGES })
  const provider = new WatchedProcess('the provider', [
    path.join(root, 'bench/rig/provider-process.mjs'),
  ])
  stack.defer(() => provider.stop())
  const env = { ANTHROPIC_API_KEY: 'sk-bench', ANTHROPIC_BASE_URL: await provider.firstLine() }
  const host = await startHost({ ...place, env })
  stack.defer(() => stopHost(host))
  const { conversationId: other } = await host.rpc.call('chat.create', { title: 'Another one' })
  await host.rpc.call('chat.send', { conversationId: other, text: 'hello' })
  await host.rpc.call('chat.rename', { conversationId: known.conversationId, title: 'Long one' })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  stack.defer(() => context.close())
  const empty = await emptyPage(context)
  const page = await context.newPage()
  await page.addInitScript(installWindowProbe)
  await page.goto(host.address.url)
  await page.waitForSelector('html[data-ready="true"]', { state: 'attached' })
  const opened = await openings(page)
  const mounted = await mounts(page)
  const scrolled = { ours: await scroll(page), empty: await scroll(empty) }
  const typed = { ours: await typing(page, host.rpc), empty: await typing(empty, null) }
  return report({ opened, mounted, scrolled, typed })
}

/**
 * @param {import('playwright-core').BrowserContext} context
 */
async function emptyPage(context) {
  const page = await context.newPage()
  await page.addInitScript(installWindowProbe)
  await page.goto('data:text/html,<title>empty</title>')
  await page.setContent(
    '<div role="log" style="height:300px;overflow:auto"><div style="height:900000px"></div></div><textarea aria-label="Message"></textarea>',
  )
  await page.evaluate(installWindowProbe)
  return page
}

/**
 * From the click on a conversation until its newest message was drawn; nothing of it is in the window before.
 *
 * @param {import('playwright-core').Page} page
 */
async function openings(page) {
  const times = []
  for (let n = 0; n < OPENINGS; n++) {
    await page.reload()
    await page.waitForSelector('html[data-ready="true"]', { state: 'attached' })
    await click(page, 'Another one')
    await page.waitForTimeout(300)
    times.push((await click(page, 'Long one')).shown)
  }
  return times
}

/**
 * The same with all 10,000 messages in the window: what it takes to mount their list.
 *
 * @param {import('playwright-core').Page} page
 */
async function mounts(page) {
  await page.keyboard.press('Control+f')
  await page.getByRole('search').getByRole('textbox').fill('older version')
  await page.getByRole('search').getByText(/1 of/).waitFor()
  for (let n = 0; n < 3; n++) {
    await page.getByRole('log').evaluate((list) => list.scrollTo(0, 0))
    await page.waitForTimeout(200)
  }
  await loadAll(page)
  await page.getByRole('search').getByRole('textbox').press('Escape')
  const times = { mount: /** @type {number[]} */ ([]), shown: /** @type {number[]} */ ([]) }
  for (let n = 0; n < OPENINGS; n++) {
    await click(page, 'Another one')
    await page.waitForTimeout(300)
    const { mount, shown } = await click(page, 'Long one')
    times.mount.push(mount)
    times.shown.push(shown)
  }
  return times
}

/**
 * Scrolls to the beginning until there is nothing older.
 *
 * @param {import('playwright-core').Page} page
 */
async function loadAll(page) {
  let before = -1
  for (let tries = 0; tries < 600; tries++) {
    const height = await page.getByRole('log').evaluate((list) => {
      list.scrollTo(0, 0)
      return list.scrollHeight
    })
    if (height === before) {
      await page.waitForTimeout(400)
      const after = await page.getByRole('log').evaluate((list) => list.scrollHeight)
      if (after === height) return
    }
    before = height
    await page.waitForTimeout(30)
  }
  throw new Error('the conversation has no beginning')
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} title
 * @returns {Promise<{ mount: number, shown: number }>} ms until React was done, and until the messages were drawn
 */
function click(page, title) {
  return page.evaluate(async (wanted) => {
    const rows = [...document.querySelectorAll('button[data-row]')]
    const row = rows.find((each) => each.textContent?.includes(wanted))
    if (!(row instanceof HTMLElement)) throw new Error(`no conversation ${wanted}`)
    const begin = performance.now()
    row.click()
    // React draws what a click changed behind the handlers of it.
    await null
    await null
    const mount = performance.now() - begin
    const isShown = () =>
      row.getAttribute('aria-current') === 'true' &&
      document.querySelector('[role="log"] article') !== null
    const limit = begin + 20_000
    while (!isShown() && performance.now() < limit) {
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = resolve
        port2.postMessage(null)
      })
    }
    await new Promise((resolve) => {
      requestAnimationFrame(() => void window.setTimeout(() => resolve(undefined), 0))
    })
    return { mount, shown: performance.now() - begin }
  }, title)
}

/**
 * @param {import('playwright-core').Page} page
 */
async function scroll(page) {
  await page.bringToFront()
  await page.getByRole('log').hover()
  await page.evaluate('benchWindow.begin()')
  for (let n = 0; n < SCROLLS; n++) {
    await page.mouse.wheel(0, n < SCROLLS / 2 ? -900 : 900)
    await setTimeout(16)
  }
  await setTimeout(300)
  return ended(page)
}

/**
 * @param {import('playwright-core').Page} page
 * @returns {Promise<{ long: number[], gaps: number[], keys: number[] }>}
 */
async function ended(page) {
  return /** @type {{ long: number[], gaps: number[], keys: number[] }} */ (
    await page.evaluate('benchWindow.end()')
  )
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('../rig/rpc.mjs').Rpc | null} rpc with it five conversations stream meanwhile, one of them shown
 */
async function typing(page, rpc) {
  await page.bringToFront()
  const field = page.getByRole('textbox', { name: 'Message', exact: true })
  if (rpc !== null) await beginStreams(page, rpc)
  await field.click()
  await page.evaluate('benchWindow.begin()')
  for (let n = 0; n < KEYS; n++) {
    await page.keyboard.press('abcdefghij klmno'[n % 16] ?? 'x')
    await setTimeout(KEY_EVERY_MS)
  }
  return ended(page)
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('../rig/rpc.mjs').Rpc} rpc
 */
async function beginStreams(page, rpc) {
  const tokens = Math.ceil((KEYS * KEY_EVERY_MS * 3 * TOKENS_PER_SECOND) / 1000)
  for (let n = 1; n <= STREAMS; n++) {
    const { conversationId } = await rpc.call('chat.create', { title: `Stream ${n}` })
    const text = `stream ${tokens} tokens from ${n * 1_000_000} at ${TOKENS_PER_SECOND} per second`
    await rpc.call('chat.send', { conversationId, text })
  }
  await page.getByRole('region', { name: 'Conversations' }).getByText('Stream 5').click()
  await page
    .getByText(/tok5000\d+x/)
    .first()
    .waitFor()
}

/**
 * @typedef {{ long: number[], gaps: number[], keys: number[] }} Seen
 *
 * @param {{ opened: number[], mounted: { mount: number[], shown: number[] }, scrolled: { ours: Seen, empty: Seen }, typed: { ours: Seen, empty: Seen } }} results
 */
function report({ opened, mounted, scrolled, typed }) {
  const at = (/** @type {number[]} */ values, /** @type {number} */ percent) =>
    percentile(sorted(values), percent)
  const compare = (
    /** @type {string} */ name,
    /** @type {number} */ ours,
    /** @type {number} */ empty,
  ) => [name, ms(ours), ms(empty), ratio(ours, empty)]
  const longest = (/** @type {Seen} */ { long }) => (long.length === 0 ? 0 : Math.max(...long))
  return [
    `A conversation of ${MESSAGES.toLocaleString('en')} messages, in the window as it ships; medians of ${OPENINGS}.`,
    '',
    table(
      ['', 'ms'],
      [
        ['open: click → newest messages drawn', ms(median(opened))],
        ['mount with all of them loaded: click → React is done', ms(median(mounted.mount))],
        ['… → drawn', ms(median(mounted.shown))],
      ],
    ),
    '',
    `Scrolling through it, and typing ${KEYS} keys while ${STREAMS} conversations stream ${TOKENS_PER_SECOND} tokens/s each.`,
    '',
    table(
      ['', 'ours', 'empty page', 'ratio'],
      [
        [
          'scrolling: tasks over 50 ms',
          `${scrolled.ours.long.length}`,
          `${scrolled.empty.long.length}`,
          '',
        ],
        compare('scrolling: longest such task', longest(scrolled.ours), longest(scrolled.empty)),
        compare(
          'scrolling: between frames, p50',
          at(scrolled.ours.gaps, 50),
          at(scrolled.empty.gaps, 50),
        ),
        compare(
          'scrolling: between frames, p99',
          at(scrolled.ours.gaps, 99),
          at(scrolled.empty.gaps, 99),
        ),
        compare('streams: between frames, p50', at(typed.ours.gaps, 50), at(typed.empty.gaps, 50)),
        compare('streams: between frames, p99', at(typed.ours.gaps, 99), at(typed.empty.gaps, 99)),
        [
          'streams: tasks over 50 ms',
          `${typed.ours.long.length}`,
          `${typed.empty.long.length}`,
          '',
        ],
        compare('key → drawn, p50', at(typed.ours.keys, 50), at(typed.empty.keys, 50)),
        compare('key → drawn, p99', at(typed.ours.keys, 99), at(typed.empty.keys, 99)),
      ],
    ),
  ].join('\n')
}
