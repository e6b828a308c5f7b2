import type { Page, WebSocketRoute } from '@playwright/test'
import type { HostProcess } from '../driver/host-process.js'
import { expect, test } from '../fixtures.js'

const message = (page: Page) => page.getByRole('textbox', { name: 'Message' })

async function addressOf(host: HostProcess): Promise<string> {
  const { wsUrl, token } = await host.address()
  return `${new URL(wsUrl.replace(/^ws/, 'http')).origin}/#token=${token}`
}

/** Opens a page whose connection the test can cut; returns how. */
async function openCuttable(page: Page, host: HostProcess): Promise<() => Promise<void>> {
  let current: WebSocketRoute | undefined
  await page.routeWebSocket(/\/rpc/, (socket) => {
    current = socket
    socket.connectToServer()
  })
  await page.goto(await addressOf(host))
  await expect(message(page)).toBeVisible()
  return async () => current?.close({ code: 1001, reason: 'cut by the test' })
}

test('the token leaves the address bar and survives a reload', async ({ context, host }) => {
  const page = await context.newPage()
  await page.goto(await addressOf(host))
  await expect(message(page)).toBeVisible()
  expect(page.url()).not.toContain('token')
  await page.reload()
  await expect(message(page)).toBeVisible()
})

test('without a token, or with a wrong one, the page says what to do', async ({
  context,
  host,
}) => {
  const { origin } = new URL(await addressOf(host))
  const page = await context.newPage()
  await page.goto(origin)
  await expect(page.getByRole('alert')).toContainText('opened without its token')
  const other = await context.newPage()
  await other.goto(`${origin}/#token=wrong`)
  await expect(other.getByRole('alert')).toContainText('does not know this token')
})

test('after a lost connection nothing is missing, nothing doubled, and the text is kept', async ({
  context,
  host,
  rpc,
}) => {
  const page = await context.newPage()
  const cut = await openCuttable(page, host)
  await message(page).fill('not sent yet')
  const { taskId } = await rpc.call('task.submit', {
    description: 'before the cut',
    type: 'command',
    command: 'echo one',
  })
  await rpc.call('task.result', { taskId, waitMs: 10_000 })
  await cut()
  const after = await rpc.call('task.submit', {
    description: 'during the cut',
    type: 'command',
    command: 'echo two',
  })
  await rpc.call('task.result', { taskId: after.taskId, waitMs: 10_000 })
  const tasks = page.getByRole('region', { name: 'Tasks' })
  await expect(tasks.getByRole('heading', { name: 'Finished (2)' })).toBeVisible()
  await expect(tasks.getByRole('button', { name: /before the cut/ })).toHaveCount(1)
  await expect(tasks.getByRole('button', { name: /during the cut/ })).toHaveCount(1)
  await expect(message(page)).toHaveValue('not sent yet')
})

test('while the host is away the page says so and keeps what is typed', async ({ page, host }) => {
  await message(page).fill('typed in vain')
  await host.stop()
  await expect(page.getByText('What you see is the last known state')).toBeVisible()
  await message(page).press('Enter')
  await expect(page.getByRole('alert')).toContainText('Your text is kept')
  await expect(message(page)).toHaveValue('typed in vain')
})

test('a host that was started again is where it was, and its new address lets an open page in', async ({
  page,
  host,
  hosts,
}) => {
  await message(page).fill('typed before')
  const before = await addressOf(host)
  await host.kill()
  await expect(page.getByText('What you see is the last known state')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+,')
  const after = await addressOf(await hosts.startServer())
  expect(new URL(after).origin).toBe(new URL(before).origin)
  await expect(page.getByRole('alert')).toContainText('use the address that it printed last')
  await page.evaluate((hash) => location.assign(hash), new URL(after).hash)
  await expect(message(page)).toHaveValue('typed before')
  // Asked for while the host was away, and never looked at before.
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await expect(settings).toBeVisible()
  await page.keyboard.press('Escape')
  await page
    .getByRole('navigation', { name: 'Areas' })
    .getByRole('button', { name: 'Tasks' })
    .click()
  await expect(page.getByRole('button', { name: 'Board', exact: true })).toBeVisible()
  expect(page.url()).not.toContain('token')
})
