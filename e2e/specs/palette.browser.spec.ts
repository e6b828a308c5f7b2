import { checkAccessibility } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

test('everything is a few letters away, by keyboard alone', async ({ page, rpc, place }) => {
  const { taskId } = await rpc.call('task.submit', {
    description: 'Count the stars',
    type: 'command',
    command: 'exit 7',
  })
  await rpc.call('task.result', { taskId, waitMs: 20_000 })
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  const input = palette.getByRole('combobox')
  const open = async () => {
    await page.keyboard.press('Control+k')
    await expect(input).toBeFocused()
  }

  await open()
  await expect(palette.getByRole('option', { name: /^Show the history/ })).toContainText(
    'Ctrl+Shift+3',
  )
  await checkAccessibility(page, 'the palette')
  await input.fill('hist')
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  const areas = page.getByRole('navigation', { name: 'Areas' })
  const history = areas.getByRole('button', { name: 'History' })
  await expect(history).toHaveAttribute('aria-current', 'page')

  await open()
  await expect(palette.getByText('Recent')).toBeVisible()
  await input.fill('stars')
  await palette.getByRole('option', { name: /Count the stars/ }).click()
  await expect(page.getByRole('heading', { name: 'Count the stars' })).toBeVisible()
  await open()
  await palette.getByRole('option', { name: 'Run “Count the stars” again' }).click()
  await expect
    .poll(async () => (await rpc.call('task.attempts', { taskId })).attempts.length)
    .toBe(2)

  await open()
  await input.fill('dark')
  await palette.getByRole('option', { name: 'Theme (Appearance)' }).click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await expect(settings.getByRole('radio', { name: 'System', exact: true })).toBeFocused()
  await page.keyboard.press('Escape')

  await open()
  await input.fill('new chat workspace')
  await page.keyboard.press('Enter')
  await expect
    .poll(async () => (await rpc.call('chat.list', {})).conversations.map((one) => one.workspace))
    .toEqual([place.workspace])
  await open()
  await input.fill('nothing that is there')
  await expect(palette.getByText('Nothing fits.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
})
