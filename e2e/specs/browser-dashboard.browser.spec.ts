import { checkAccessibility } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

test('the dashboard is empty at first, and tells what tasks came to as they end', async ({
  page,
  rpc,
}) => {
  await page.getByRole('button', { name: 'Dashboard' }).click()
  const dashboard = page.getByRole('region', { name: 'Dashboard', exact: true })
  await expect(dashboard).toContainText('Nothing has run yet in this span')
  await checkAccessibility(page, 'a dashboard without figures')

  await rpc.call('task.submit', { type: 'command', description: 'well', command: 'true' })
  await rpc.call('task.submit', { type: 'command', description: 'badly', command: 'exit 3' })
  const tile = (name: string) => dashboard.locator('dl > div').filter({ hasText: name })
  await expect(tile('Success rate')).toContainText('50%')
  await expect(tile('Success rate')).toContainText('1 of 2 that were not cancelled')
  await expect(dashboard.getByRole('list', { name: 'Why tasks failed' })).toContainText(
    'A command failed1',
  )
  await tile('Waiting time saved').getByRole('button').click()
  await expect(page.getByRole('dialog', { name: 'How it is counted' })).toContainText(
    'one after another',
  )
  await page.keyboard.press('Escape')
  await checkAccessibility(page, 'a dashboard')

  // The same figures to be read one by one, and the span that was chosen outlive a reload.
  await dashboard.getByRole('button', { name: 'Today' }).click()
  await dashboard.getByRole('button', { name: 'Tables' }).click()
  await page.reload()
  const table = dashboard.getByRole('table', { name: 'Throughput, by hour' })
  // They may have ended before and after the full hour.
  const ones = (column: number) =>
    table.locator(`tbody td:nth-of-type(${column})`).filter({ hasText: /^1$/ })
  const headings = ['Time', 'Completed', 'Failed', 'Cancelled']
  await expect(table.getByRole('columnheader')).toHaveText(headings)
  await expect(ones(1)).toHaveCount(1)
  await expect(ones(2)).toHaveCount(1)
  await expect(ones(3)).toHaveCount(0)
  await checkAccessibility(page, 'a dashboard of tables')
})
