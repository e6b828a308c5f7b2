import { chooseInMenu } from '../driver/desktop-sight.js'
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

test('a second start brings the window of the first to the front and ends', async ({
  app,
  hosts,
}) => {
  await app.open()
  const shown = app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.minimize()
    return new Promise<boolean>((resolve) => {
      window?.once('focus', () => resolve(window.isMinimized()))
    })
  }, undefined)
  await expect.poll(() => app.evaluate(isMinimized, undefined)).toBe(true)
  expect((await hosts.runAppToItsEnd()).exitCode).toBe(0)
  expect(await shown).toBe(false)
  expect(
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, undefined),
  ).toBe(1)
})

function isMinimized({ BrowserWindow }: typeof import('electron')): boolean {
  return BrowserWindow.getAllWindows()[0]?.isMinimized() ?? false
}

test('the window comes back where it was left', async ({ app, hosts }) => {
  await app.open()
  const left = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setBounds({ x: 40, y: 30, width: 1100, height: 720 })
    return window?.getNormalBounds()
  }, undefined)
  await app.stop()
  const again = await hosts.startApp()
  await again.open()
  const found = await again.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
    undefined,
  )
  expect(found).toEqual(left)
})

test('the menu offers what the page can do, and does it', async ({ app }) => {
  const page = await app.open()
  const message = page.getByRole('textbox', { name: 'Message' })
  await message.fill('what can you do?')
  await message.press('Enter')
  await expect(page.getByRole('article', { name: 'Assistant' })).toBeVisible()
  await chooseInMenu(app, 'New Chat')
  await expect(page.getByRole('list', { name: 'Examples' })).toBeVisible()
  await chooseInMenu(app, 'Settings…')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
})

test('the menu enlarges the page to twice its size and no further', async ({ app }) => {
  await app.open()
  const zoom = () =>
    app.evaluate(({ BrowserWindow }) => {
      return BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor()
    }, undefined)
  for (let step = 0; step < 8; step += 1) await chooseInMenu(app, 'Zoom In')
  expect(await zoom()).toBe(2)
  await chooseInMenu(app, 'Actual Size')
  expect(await zoom()).toBe(1)
})

test('closing the last window ends the app and its host where the person wants it', async ({
  app,
  hosts,
}) => {
  await app.open()
  const rpc = await hosts.connect(app)
  await rpc.call('settings.set', { preferences: { closeKeepsRunning: false } })
  await app.evaluate(({ BrowserWindow }) => {
    // Later, so that the answer to this call still finds its way.
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.close())
  }, undefined)
  if (process.platform === 'darwin') {
    const count = ({ BrowserWindow }: typeof import('electron')) =>
      BrowserWindow.getAllWindows().length
    await expect.poll(() => app.evaluate(count, undefined)).toBe(0)
  } else {
    expect(await app.ended()).toBe(0)
  }
})

test('a page that crashed is loaded again, with all that it showed', async ({ app, hosts }) => {
  const rpc = await hosts.connect(app)
  await rpc.call('chat.create', { title: 'Survives a crash' })
  const page = await app.open()
  await expect(page.getByText('Survives a crash')).toBeVisible()
  const loaded = app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    contents?.forcefullyCrashRenderer()
    return new Promise<void>((resolve) => {
      contents?.once('did-finish-load', () => resolve())
    })
  }, undefined)
  await loaded
  // Asked through the app, since Playwright gives up on a page that crashed.
  await expect.poll(() => app.evaluate(shownText, undefined)).toContain('Survives a crash')
})

async function shownText({ BrowserWindow }: typeof import('electron')): Promise<string> {
  const contents = BrowserWindow.getAllWindows()[0]?.webContents
  return contents?.executeJavaScript('document.body.innerText') ?? ''
}

test('a workspace that is not there is named, and nothing is started', async ({ place, hosts }) => {
  const workspace = `${place.workspace}-nowhere`
  const start = await hosts.runAppToItsEnd({ ...place, workspace })
  expect(start.exitCode).toBe(1)
  expect(start.said).toContain(`--workspace: ${workspace} is not a folder`)
})
