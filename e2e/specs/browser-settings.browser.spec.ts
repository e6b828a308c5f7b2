import path from 'node:path'
import { expect, test } from '../fixtures.js'

test('each setting is checked while it is typed and saved where it stands', async ({
  page,
  rpc,
}) => {
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('searchbox', { name: 'Search settings' }).fill('tasks once')
  await dialog.getByRole('button', { name: /^Tasks at once/ }).click()
  const tasks = dialog.getByRole('textbox', { name: 'Tasks at once' })
  await expect(tasks).toBeFocused()
  await tasks.fill('0')
  await expect(tasks).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog.getByText('Must be a whole number from 1 to 1000.')).toBeVisible()
  await tasks.press('Enter')
  await expect(tasks).toHaveValue('0')
  await tasks.fill('3')
  await tasks.press('Enter')
  await expect(dialog.getByText('Saved', { exact: true })).toBeVisible()
  expect(await rpc.call('queue.limits.get', {})).toMatchObject({ maxConcurrentTasks: 3 })
  await dialog.getByRole('button', { name: 'Reset “Tasks at once”' }).click()
  await expect(tasks).toHaveValue('5')

  await dialog.getByRole('tab', { name: 'Appearance' }).click()
  await dialog.getByRole('radio', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('a model is tried before it is saved, with what is typed', async ({ page, rpc, model }) => {
  model.on({}, { content: 'ok' })
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('radio', { name: /Anthropic/ }).click()
  await dialog.getByLabel('API key').fill('sk-secret-canary')
  await dialog.getByLabel('Base URL').fill('nonsense')
  await expect(dialog.getByLabel('Base URL')).toHaveAttribute('aria-invalid', 'true')
  await dialog.getByLabel('Base URL').fill('http://127.0.0.1:9')
  await dialog.getByRole('button', { name: 'Test' }).click()
  await expect(dialog.getByText(/http:\/\/127\.0\.0\.1:9 was not asked: its port/)).toBeVisible()
  model.nextRequestError(401, { message: 'invalid x-api-key', type: 'authentication_error' })
  await dialog.getByLabel('Base URL').fill(model.url)
  await dialog.getByRole('button', { name: 'Test' }).click()
  await expect(dialog.getByText('The key was refused')).toBeVisible()
  await dialog.getByRole('button', { name: 'Test' }).click()
  await expect(dialog.getByText(/answered in \d+\.\d s\./)).toBeVisible()
  expect((await rpc.call('settings.get', {})).model).toMatchObject({ hasKey: false })

  await dialog.getByRole('button', { name: 'Save model' }).click()
  await expect(page.getByText('Model saved')).toBeVisible()
  await expect(dialog.getByLabel('API key')).toHaveValue('')
  const settings = await rpc.call('settings.get', {})
  expect(settings.model).toMatchObject({ provider: 'anthropic', hasKey: true, baseUrl: model.url })
  expect(JSON.stringify(settings)).not.toContain('canary')
})

test('keys are chosen by pressing them, and taken from who has them', async ({ page, rpc }) => {
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Keyboard' }).click()
  const change = dialog.getByRole('button', { name: 'Change the keys of “Show the history”' })
  await change.click()
  await page.keyboard.press('Escape')
  await expect(change).toBeVisible()
  await change.click()
  await page.keyboard.press('F5')
  await expect(change).toContainText('F5')
  await expect(dialog.getByText(/The browser uses these keys itself/)).toBeVisible()
  await change.click()
  await page.keyboard.press('Control+j')
  await expect(dialog.getByText('“Show or hide the tasks” has these keys already.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Use them here' }).click()
  await expect(change).toContainText('Ctrl+J')
  await expect
    .poll(async () => (await rpc.call('settings.get', {})).preferences.shortcuts)
    .toEqual({ 'area.history': 'Mod+J', 'view.tasks': 'Alt+J' })
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.keyboard.press('Control+j')
  const areas = page.getByRole('navigation', { name: 'Areas' })
  await expect(areas.getByRole('button', { name: 'History' })).toHaveAttribute(
    'aria-current',
    'page',
  )
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard' })
  await sheet.getByRole('searchbox').fill('history')
  await expect(sheet.getByText('Ctrl+J')).toBeVisible()
})

test('another language is spoken at once, and the first one again', async ({ page }) => {
  await page.keyboard.press('Control+,')
  const choose = async (tab: string, language: string) => {
    await page.getByRole('tab', { name: tab }).click()
    await page.getByRole('radio', { name: language }).click()
  }
  await choose('Language', 'Deutsch')
  await expect(page.getByRole('dialog', { name: 'Einstellungen' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await choose('Sprache', '繁體中文')
  await expect(page.getByRole('dialog', { name: '設定' })).toBeVisible()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant')
  await page.keyboard.press('Control+,')
  await choose('語言', 'English')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})

test('settings go into a file and come back, and what does not fit is told', async ({
  page,
  rpc,
}) => {
  await rpc.call('settings.set', { preferences: { textSize: 110 } })
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Data' }).click()
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export…' }).click()
  const file = await (await saved).path()
  await rpc.call('settings.set', { preferences: { textSize: 100, theme: 'dark' } })
  const chooser = dialog.locator('input[type=file]')
  await chooser.setInputFiles(file)
  await expect(dialog.getByText('2 settings change')).toBeVisible()
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog.getByText('Saved', { exact: true })).toBeVisible()
  const { preferences } = await rpc.call('settings.get', {})
  expect(preferences).toMatchObject({ textSize: 110, theme: 'system' })

  const wrong = { format: 'smart-agents-settings', version: 1, settings: { colour: 'red' } }
  await chooser.setInputFiles({
    name: 'wrong.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(wrong)),
  })
  await expect(dialog.getByRole('alert')).toContainText('unknown field "colour"')
})

test('what another client changes shows at once', async ({ page, rpc, place }) => {
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Workspaces' }).click()
  const workspace = path.join(place.workspace, 'src')
  await rpc.call('settings.set', { workspace, provider: 'anthropic', model: 'model-of-another' })
  await expect(dialog.getByText(workspace, { exact: true })).toBeVisible()
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
