import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Locator } from '@playwright/test'
import { expect, test } from '../fixtures.js'

/** Whether a word stands as it is read, from left to right, wherever in the element it is. */
function runsOn(element: Locator, word: string): Promise<boolean> {
  return element.evaluate((root, wanted) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const at = node.nodeValue?.indexOf(wanted) ?? -1
      if (at === -1) continue
      const leftOf = (index: number) => {
        const range = document.createRange()
        range.setStart(node, index)
        range.setEnd(node, index + 1)
        return range.getBoundingClientRect().left
      }
      return leftOf(at) < leftOf(at + wanted.length - 1)
    }
    throw new Error(`there is no ${wanted}`)
  }, word)
}

test('a name that turns round the direction turns round nothing beside it', async ({
  page,
  rpc,
  place,
}) => {
  const workspace = path.join(place.workspace, 'folder\u202eredlof')
  mkdirSync(workspace)
  const { taskId } = await rpc.call('task.submit', {
    ...{ description: 'invoice \u202efdp.exe', type: 'command', command: 'true', workspace },
    agentType: 'worker\u202erekrow',
  })
  await rpc.call('task.result', { taskId, waitMs: 20_000 })
  const row = page.locator(`[data-task="${taskId}"]`).first()
  await expect(row).toContainText('Completed')
  expect(await runsOn(row, 'Completed')).toBe(true)
  await page.evaluate(() => {
    location.hash = '#/history?q='
  })
  const entry = page.getByRole('region', { name: 'History' }).locator(`[data-task="${taskId}"]`)
  await expect(entry).toContainText('Completed')
  expect(await runsOn(entry, 'folder')).toBe(true)
})
