import { readFile } from 'node:fs/promises'
import { checkAccessibility } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

test('what was done and said is found, filtered, compared, done again and exported', async ({
  page,
  rpc,
}) => {
  const run = async (description: string, command: string) => {
    const { taskId } = await rpc.call('task.submit', { type: 'command', description, command })
    await rpc.call('task.result', { taskId, waitMs: 20_000 })
    return taskId
  }
  await run('Count to three', 'echo one; echo two; echo three')
  await run('Count again', 'echo one; echo zwei; echo three')
  await run('檢查登入頁面', 'echo 測試失敗; exit 3')
  const { conversationId } = await rpc.call('chat.create', { title: 'About counting' })
  await rpc.call('chat.send', { conversationId, text: 'How far did zwei get?' })

  await page.getByRole('button', { name: 'History' }).click()
  const history = page.getByRole('region', { name: 'History', exact: true })
  const task = (name: string) => history.locator('[data-task]').filter({ hasText: name })
  await expect(task('Count again')).toBeVisible()
  await checkAccessibility(page, 'the history')

  // A log, a chat, and two characters of Chinese; Ctrl+F leads into the field.
  await page.keyboard.press('Control+F')
  await page.keyboard.type('zwei')
  await expect(history.locator('[data-task]')).toHaveCount(1)
  await expect(history.locator('[data-message] mark').last()).toHaveText('zwei')
  const field = history.getByRole('searchbox')
  await field.fill('測試')
  await expect(history.locator('[data-task]')).toHaveCount(1)
  await expect(task('檢查登入頁面')).toBeVisible()
  await field.fill('nothing of that kind')
  await expect(history).toContainText('Nothing fits')
  await field.fill('')
  await history.getByLabel('State').selectOption('failed')
  await expect(history.locator('[data-task]')).toHaveCount(1)
  await history.getByRole('button', { name: 'Clear filters' }).click()

  // Two are selected by keys and compared.
  await history.getByLabel('Kind').selectOption('task')
  await expect(history.locator('[data-task]')).toHaveCount(3)
  for (const name of ['Count again', 'Count to three']) {
    await task(name).focus()
    await page.keyboard.press('x')
  }
  await history.getByRole('button', { name: 'Compare' }).click()
  const comparison = page.getByRole('region', { name: 'Two runs' })
  await expect(comparison).toContainText('1 added, 1 removed')
  await expect(comparison.getByRole('row', { name: /Command/ })).toContainText('differs')
  await checkAccessibility(page, 'a comparison')
  await page.keyboard.press('Escape')

  const download = page.waitForEvent('download')
  await history.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'As table (CSV)' }).click()
  const file = await (await download).path()
  expect((await readFile(file, 'utf8')).trim().split('\r\n')).toHaveLength(3)

  await history.getByRole('button', { name: 'Run again' }).click()
  await expect(page.getByText('2 tasks started once more')).toBeVisible()
  const { tasks } = await rpc.call('task.list', {})
  expect(tasks).toHaveLength(5)
})

test('a search is kept by name, and a message leads into its chat', async ({ page, rpc }) => {
  const { conversationId } = await rpc.call('chat.create', { title: 'Old talk' })
  await rpc.call('chat.send', { conversationId, text: 'Remember the word marmalade' })
  await page.getByRole('button', { name: 'History' }).click()
  const history = page.getByRole('region', { name: 'History', exact: true })
  await history.getByRole('searchbox').fill('marmalade')
  await history.getByLabel('Time').selectOption('week')
  await history.getByRole('button', { name: 'Saved searches' }).click()
  await page.getByRole('menuitem', { name: 'Save this search' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Breakfast')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()

  await page.reload()
  await history.getByRole('button', { name: 'Saved searches' }).click()
  await page.getByRole('menuitem', { name: 'Breakfast' }).click()
  await expect(history.getByLabel('Time')).toHaveValue('week')
  await history.locator('[data-message]').last().click()
  await page.getByRole('button', { name: 'Open in the chat' }).click()
  await expect(page.getByText('Remember the word marmalade').last()).toBeInViewport()
  await expect(history).toBeHidden()
})

test('what is typed before the history is there stands in its search field', async ({ page }) => {
  const { promise: mayCome, resolve: letCome } = Promise.withResolvers<void>()
  await page.route(/history-area/, async (route) => {
    await mayCome
    await route.continue()
  })
  await page.keyboard.press('Alt+Shift+3')
  await page.keyboard.press('Control+F')
  await page.keyboard.type('a/b?x')
  await page.keyboard.press('Backspace')
  letCome()
  const field = page.getByRole('region', { name: 'History', exact: true }).getByRole('searchbox')
  await expect(field).toHaveValue('a/b?')
  await expect(field).toBeFocused()
  await page.keyboard.type('c')
  await expect(field).toHaveValue('a/b?c')
})
