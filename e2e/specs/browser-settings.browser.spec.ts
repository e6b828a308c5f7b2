import path from 'node:path'
import { expect, test } from '../fixtures.js'

test('limits, theme and model are set, and a wrong value is told at its field', async ({
  page,
  rpc,
}) => {
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Limits' }).click()
  await dialog.getByRole('spinbutton', { name: 'Tasks at once' }).fill('0')
  await dialog.getByRole('button', { name: 'Save limits' }).click()
  const tasks = dialog.getByRole('spinbutton', { name: 'Tasks at once' })
  await expect(tasks).toHaveAttribute('aria-invalid', 'true')
  await tasks.fill('3')
  await dialog.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText('Limits saved')).toBeVisible()
  expect(await rpc.call('queue.limits.get', {})).toMatchObject({ maxConcurrentTasks: 3 })

  await dialog.getByRole('tab', { name: 'Appearance' }).click()
  await dialog.getByRole('radio', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')

  await dialog.getByRole('tab', { name: 'Model' }).click()
  await dialog.getByRole('radio', { name: /Anthropic/ }).click()
  await dialog.getByLabel('API key').fill('sk-secret-canary')
  await dialog.getByLabel('Base URL').fill('nonsense')
  await dialog.getByRole('button', { name: 'Save model' }).click()
  await expect(dialog.getByLabel('Base URL')).toHaveAttribute('aria-invalid', 'true')
  await dialog.getByLabel('Base URL').fill('http://127.0.0.1:9')
  await dialog.getByRole('button', { name: 'Save model' }).click()
  await expect(page.getByText('Model saved')).toBeVisible()
  await expect(dialog.getByLabel('API key')).toHaveValue('')
  const settings = await rpc.call('settings.get', {})
  expect(settings.model).toMatchObject({ provider: 'anthropic', hasKey: true })
  expect(JSON.stringify(settings)).not.toContain('canary')

  await page.keyboard.press('Escape')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('what another client changes shows at once', async ({ page, rpc, place }) => {
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Workspace' }).click()
  const workspace = path.join(place.workspace, 'src')
  await rpc.call('settings.set', { workspace, provider: 'anthropic', model: 'model-of-another' })
  await expect(dialog.getByRole('textbox', { name: 'Workspace' })).toHaveValue(workspace)
  await dialog.getByRole('tab', { name: 'Model' }).click()
  await expect(dialog.getByRole('radio', { name: /Anthropic/ })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('contentinfo')).toContainText('model-of-another')
})

test.describe('on a first start', () => {
  test.use({ firstRunDone: false })

  test('the questions go when they are answered elsewhere', async ({ page, rpc }) => {
    await expect(page.getByRole('heading', { name: 'Where should agents work?' })).toBeVisible()
    await rpc.call('settings.set', { firstRunDone: true })
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  })
})

test('the gauges open what is known of the machine, by keyboard too', async ({ page, rpc }) => {
  const gauges = page.getByRole('button', { name: /^CPU/ })
  await gauges.focus()
  await page.keyboard.press('Enter')
  const machine = page.getByRole('dialog', { name: 'This machine' })
  const { cores } = await rpc.call('system.details', {})
  await expect(machine).toContainText(`Cores${cores}`)
  await expect(machine).toContainText(/Memory\d+[.,]\d\sGB, \d+[.,]\d\sGB available/)
  await expect(machine).toContainText('Both thresholds are switched off')
  await rpc.call('queue.limits.set', { memoryThreshold: 90 })
  await expect(machine).toContainText('threshold 90 %')
  await page.keyboard.press('Escape')
  await expect(machine).toBeHidden()
  await expect(gauges).toBeFocused()
})
