import { expect, test } from '../fixtures.js'

test('opens a window that shows the state of its host', async ({ app }) => {
  const page = await app.open()
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused()
  await expect(page).toHaveTitle('Smart Agents')
  const window = await app.evaluate(({ BrowserWindow }) => {
    const [first] = BrowserWindow.getAllWindows()
    return { isVisible: first?.isVisible(), url: first?.webContents.getURL() }
  }, undefined)
  expect(window).toEqual({ isVisible: true, url: 'app://smart-agents/index.html' })
})
