/**
 * How long the main thread of a page has worked, in ms of its own processor time, so that what else the machine does
 * counts little. Everything is in it: script, style, layout, painting, collecting of garbage.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<() => Promise<{ all: number, layout: number, script: number }>>}
 */
export async function watchMainThread(page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (/** @type {string} */ name) =>
      (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1000
    return {
      all: of('TaskDuration'),
      script: of('ScriptDuration'),
      layout: of('LayoutDuration') + of('RecalcStyleDuration'),
    }
  }
}
