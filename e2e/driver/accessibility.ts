import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'

const THEMES = ['light', 'dark'] as const
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** So long two looks may take on a busy machine, in ms. */
const LOOK_MS = 20_000

/** Looks at what is shown now, in both themes. The test has so much more time. */
export async function checkAccessibility(page: Page, view: string): Promise<void> {
  test.setTimeout(test.info().timeout + LOOK_MS)
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
    const found = violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.html) }))
    expect.soft(found, `${view}, ${colorScheme}`).toEqual([])
  }
}
