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
