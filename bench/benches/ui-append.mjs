/**
 * What it costs to show one more piece of a reply: the Markdown of the window alone on a page, growing by 40 characters
 * a frame, against the same page with nothing to draw.
 */

import { ms, ratio, table } from '../rig/report.mjs'
import { percentile, sorted } from '../rig/statistics.mjs'
import { buildPage, pageFolder } from '../rig/ui/build-page.mjs'
import { watchMainThread } from '../rig/ui/main-thread.mjs'
import { serveFolder } from '../rig/ui/serve-folder.mjs'
import { fenceOf, proseOf } from '../rig/ui/texts.mjs'

const APPENDS = 150
const PIECE = 40
const SETTLE_MS = 1000
const SIZES = [1_000, 50_000, 200_000]

/**
 * @param {import('playwright-core').Browser} browser
 * @returns {Promise<string>}
 */
export async function appendWork(browser) {
  await buildPage()
  await using served = await serveFolder(pageFolder)
  const context = await browser.newContext({ viewport: { width: 900, height: 800 } })
  try {
    const page = await context.newPage()
    await page.goto(`${served.url}/page.html`)
    const read = await watchMainThread(page)
    const measure = (/** @type {string} */ text, /** @type {number} */ from) =>
      appends(page, read, text, from)
    const floor = await measure('', 0)
    const rows = []
    for (const [name, make] of /** @type {const} */ ([
      ['prose', proseOf],
      ['one fence', fenceOf],
    ])) {
      for (const size of SIZES) {
        const work = await measure(make(size + APPENDS * PIECE), size)
        rows.push(row(`${name}, ${size / 1000} KB`, work, floor))
      }
    }
    return [
      `Showing ${PIECE} more characters of a reply that grows, ms of the main thread's processor time; ${APPENDS} each.`,
      'Above empty: without what the empty page takes. Of that, script and layout: reading Markdown, React, style, layout.',
      '',
      table(
        [
          '',
          'p50',
          'p95',
          'ratio, p50',
          'above empty, p50',
          'p95',
          'script and layout, p50',
          'p95',
        ],
        [row('empty page', floor, floor), ...rows],
      ),
    ].join('\n')
  } finally {
    await context.close()
  }
}

/**
 * @typedef {{ all: number[], drawing: number[] }} Work `drawing` is script, style and layout
 *
 * @param {import('playwright-core').Page} page
 * @param {Awaited<ReturnType<typeof watchMainThread>>} read
 * @param {string} text
 * @param {number} from
 * @returns {Promise<Work>}
 */
async function appends(page, read, text, from) {
  await page.evaluate((whole) => Reflect.get(window, 'bench').give(whole), text)
  await page.evaluate((length) => Reflect.get(window, 'bench').grow(length), from)
  await page.waitForTimeout(SETTLE_MS)
  const all = []
  const drawing = []
  let before = await read()
  for (let n = 1; n <= APPENDS; n++) {
    const length = text === '' ? null : from + n * PIECE
    await page.evaluate(async (shown) => {
      if (shown !== null) Reflect.get(window, 'bench').grow(shown)
      // Until the frame with it has been drawn.
      await new Promise((resolve) => {
        requestAnimationFrame(() => setTimeout(() => setTimeout(resolve, 0), 0))
      })
    }, length)
    const after = await read()
    all.push(after.all - before.all)
    drawing.push(after.script + after.layout - before.script - before.layout)
    before = after
  }
  return { all, drawing }
}

/**
 * @param {string} name
 * @param {Work} work
 * @param {Work} floor
 */
function row(name, work, floor) {
  const at = (/** @type {number[]} */ values, /** @type {number} */ percent) =>
    percentile(sorted(values), percent)
  const above = (/** @type {'all' | 'drawing'} */ what, /** @type {number} */ percent) =>
    ms(at(work[what], percent) - at(floor[what], percent))
  return [
    name,
    ms(at(work.all, 50)),
    ms(at(work.all, 95)),
    ratio(at(work.all, 50), at(floor.all, 50)),
    above('all', 50),
    above('all', 95),
    above('drawing', 50),
    above('drawing', 95),
  ]
}
