import { expect, test } from '../fixtures.js'

test('recurring tasks that cannot be read say why, and are read again on request', async ({
  context,
  host,
  hosts,
}) => {
  let broken = true
  await context.routeWebSocket(/\/rpc/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((text) => {
      const { id, method } = JSON.parse(String(text))
      if (!broken || method !== 'schedule.list') {
        server.send(text)
        return
      }
      const error = { code: -32603, message: 'the disk is gone', data: { code: 'internal' } }
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, error }))
    })
  })
  const rpc = await hosts.connect(host)
  await rpc.call('task.submit', {
    description: 'greet the year',
    type: 'command',
    command: 'true',
    cron: '0 0 1 1 *',
  })
  const page = await host.open()
  await page.getByRole('button', { name: 'Recurring', exact: true }).click()
  const recurring = page.getByRole('region', { name: 'Recurring tasks' })
  await expect(recurring.getByRole('alert')).toContainText('the disk is gone')
  broken = false
  await recurring.getByRole('button', { name: 'Try again' }).click()
  await expect(recurring.getByRole('listitem')).toHaveText([/greet the year/])
  await expect(recurring.getByRole('alert')).toBeHidden()
})
