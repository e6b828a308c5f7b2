import { expect, test } from '../fixtures.js'

test('an app whose data another host owns is a window to that host, and takes over when it ends', async ({
  hosts,
}) => {
  const server = await hosts.startServer()
  const rpc = await hosts.connect(server)
  await rpc.call('settings.set', { firstRunDone: true })
  const { conversationId } = await rpc.call('chat.create', { title: 'Made by the other host' })

  const app = await hosts.startApp()
  const page = await app.open()
  const conversations = page.getByRole('region', { name: 'Conversations' })
  await expect(conversations.getByText('Made by the other host')).toBeVisible()
  await rpc.call('chat.rename', { conversationId, title: 'Renamed meanwhile' })
  await expect(conversations.getByText('Renamed meanwhile')).toBeVisible()

  await server.kill()
  await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled()
  const message = page.getByRole('textbox', { name: 'Message' })
  await message.fill('what can you do?')
  await message.press('Enter')
  await expect(page.getByRole('article', { name: 'Assistant' })).toHaveAttribute(
    'aria-busy',
    'false',
  )
  await expect(conversations.getByText('Renamed meanwhile')).toBeVisible()
  const own = await hosts.connect(app)
  expect(await own.call('system.health', {})).toMatchObject({ host: 'electron', pid: app.pid })
})
