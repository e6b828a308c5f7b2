import { chromium } from 'playwright-core'
import { chromiumArgs, ensureChromium } from '../../scripts/ensure-chromium.mjs'

/** @returns {Promise<import('playwright-core').Browser>} */
export async function launchChromium() {
  const executablePath = await ensureChromium()
  return chromium.launch({ executablePath, args: [...chromiumArgs] })
}

/** @returns {Promise<string>} */
export async function chromiumVersion() {
  const browser = await launchChromium()
  try {
    return `Chromium ${browser.version()}`
  } finally {
    await browser.close()
  }
}
