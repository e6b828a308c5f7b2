import { checkAccessibility } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

const LINES = 60_000

test('a long log opens at its end, is searched as a whole and scrolled to its beginning', async ({
  page,
  rpc,
}) => {
  const { taskId } = await rpc.call('task.submit', {
    description: 'print much',
    type: 'command',
    command: `node -e "for (let n = 0; n < ${LINES}; n++) console.log('line ' + n + ' ' + 'x'.repeat(20) + (n === 123 ? ' \\u001b[31mneedle\\u001b[0m' : ''))"`,
  })
  await rpc.call('task.result', { taskId, waitMs: 30_000 })
  await page.locator(`[data-task="${taskId}"]`).click()
  await page.getByRole('tab', { name: 'Output' }).click()
  const output = page.getByRole('log', { name: 'Output' })
  await expect(output).toContainText(`line ${LINES - 1} `)
  await expect(page.getByText('lines of a longer log')).toBeVisible()
  await output.hover()
  // What is read meanwhile may bring the list back to its end once.
  await expect(async () => {
    await page.mouse.wheel(0, -5_000)
    await expect(output).not.toContainText(`line ${LINES - 1} `, { timeout: 1_000 })
  }).toPass()

  const search = page.getByRole('searchbox', { name: 'Search the output' })
  await search.fill('NEEDLE')
  await search.press('Enter')
  await expect(output).toContainText('line 123 ')
  await expect(page.getByRole('status').filter({ hasText: '1 of 1' })).toBeVisible()
  await checkAccessibility(page, 'a log with something found in it')
  await page.getByRole('button', { name: 'Follow the output' }).click()
  await expect(output).toContainText(`line ${LINES - 1} `)
})

test('a task shows what it takes, and why it waits with what helps', async ({ page, rpc }) => {
  const { taskId } = await rpc.call('task.submit', {
    description: 'work for a while',
    type: 'command',
    command: 'node -e "const end = Date.now() + 3500; while (Date.now() < end) Math.sqrt(end)"',
  })
  await page.locator(`[data-task="${taskId}"]`).click()
  await page.getByRole('tab', { name: 'Resources' }).click()
  await rpc.call('task.result', { taskId, waitMs: 30_000 })
  const most = page.getByRole('paragraph').filter({ hasText: /Most: CPU .*, memory .* MB/ })
  await expect(most).toBeVisible()
  await checkAccessibility(page, 'what a task took')

  await rpc.call('queue.pause', {})
  const waiting = await rpc.call('task.submit', {
    description: 'wait for the person',
    type: 'command',
    command: 'echo went on',
  })
  await page.getByRole('button', { name: 'All tasks' }).click()
  await page.locator(`[data-task="${waiting.taskId}"]`).click()
  const detail = page.getByRole('region', { name: 'Task', exact: true })
  await expect(detail).toContainText('Nothing starts until the queue is resumed.')
  await checkAccessibility(page, 'a wait and what helps')
  await detail.getByRole('button', { name: 'Resume the queue' }).click()
  await expect(detail).toContainText('went on')
})
