import { expect, test } from '../fixtures.js'

test('agents that cannot be read say why, and are read again on request', async ({
  context,
  host,
  hosts,
}) => {
  let broken = true
  let refused = 0
  const unanswered = new Set<unknown>()
  await context.routeWebSocket(/\/rpc/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((text) => {
      unanswered.delete(JSON.parse(String(text)).id)
      socket.send(text)
    })
    socket.onMessage((text) => {
      const { id, method } = JSON.parse(String(text))
      if (!broken || method !== 'async.getAgentStates') {
        unanswered.add(id)
        server.send(text)
        return
      }
      refused += 1
      const error = { code: -32603, message: 'the disk is gone', data: { code: 'internal' } }
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, error }))
    })
  })
  const rpc = await hosts.connect(host)
  await rpc.call('async.createAgent', { sessionId: 'main', agentId: 'anna' })
  const page = await host.open()
  await expect(page.getByText('Connected', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^Agents/ }).click()
  const agents = page.getByRole('region', { name: 'Agents', exact: true })
  await expect(agents.getByRole('alert')).toContainText('the disk is gone')
  // Read at the start and on opening; with every answer in, nothing reads the agents again by itself.
  await expect.poll(() => refused >= 2 && unanswered.size === 0).toBe(true)
  broken = false
  await agents.getByRole('button', { name: 'Try again' }).click()
  await expect(agents.getByRole('listitem')).toHaveText([/anna/])
  await expect(agents.getByRole('alert')).toBeHidden()
})
