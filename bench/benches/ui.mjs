/** What the window itself takes, in a real browser. */
import { launchChromium } from '../rig/chromium.mjs'
import { appendWork } from './ui-append.mjs'
import { chatWindow } from './ui-chat.mjs'

/** @returns {Promise<string>} */
export async function ui() {
  const browser = await launchChromium()
  try {
    const parts = []
    for (const measure of [appendWork, chatWindow]) {
      parts.push(await measure(browser))
      process.stderr.write(`ui: ${parts.length} of 2 parts done\n`)
    }
    return parts.join('\n\n')
  } finally {
    await browser.close()
  }
}
