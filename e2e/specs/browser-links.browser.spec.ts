import { expect, test } from '../fixtures.js'

test('the address of the page leads to a task, and says so where there is none', async ({
  page,
  rpc,
}) => {
  const { taskId } = await rpc.call('task.submit', {
    description: 'found by its address',
    type: 'command',
    command: 'true',
  })
  const follow = (hash: string) =>
    page.evaluate((wanted) => {
      location.hash = wanted
    }, hash)
  await follow(`#/task/${taskId}`)
  await expect(page.getByRole('region', { name: 'Task', exact: true })).toContainText(
    'found by its address',
  )
  await expect(page).toHaveURL(/^[^#]*$/)
  await follow('#/history?q=its+address')
  const history = page.getByRole('region', { name: 'History' })
  await expect(history.getByRole('searchbox')).toHaveValue('its address')
  await expect(history.getByText('found by its address').first()).toBeVisible()
  await follow('#/conversation/conv_nowhere')
  await expect(page.getByText('There is no chat conv_nowhere.')).toBeVisible()
  await follow('#/settings/keyboard')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await expect(settings.getByRole('tab', { name: 'Keyboard', selected: true })).toBeVisible()
  await expect(page.getByText(/There are no settings/)).toHaveCount(0)
  await follow('#/settings/nope')
  await expect(page.getByText('There are no settings “nope”.')).toBeVisible()
  await expect(settings.getByRole('tab', { name: 'Model', selected: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await follow('#/task/../settings')
  await expect(page.getByText('This link leads nowhere.')).toBeVisible()
})
