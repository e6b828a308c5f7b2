import { expect, test } from '../fixtures.js'

test('a further page of the list is shown, although tasks came while it was being read', async ({
  page,
  rpc,
}) => {
  await page.clock.install()
  const held: (() => void)[] = []
  await page.routeWebSocket(/\/rpc/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      const isFurther = /"method":"task.list".*"cursor":/.test(String(message))
      if (isFurther) held.push(() => server.send(message))
      else server.send(message)
    })
  })
  const submit = (description: string) =>
    rpc.call('task.submit', { description, type: 'command', command: 'true' })
  await rpc.call('queue.pause', {})
  await submit('the oldest')
  await Promise.all(Array.from({ length: 210 }, (_, n) => submit(`earlier ${n}`)))
  await rpc.call('queue.clear', {})
  await page.reload()
  await page.keyboard.press('Alt+Shift+2')
  const list = page.getByRole('region', { name: 'Tasks', exact: true })
  await expect(list.getByText('The first 200 of 211 tasks')).toBeVisible()

  await list.getByRole('button', { name: 'Show more' }).click()
  await expect.poll(() => held.length).toBe(1)
  await submit('just come')
  await expect(list.getByRole('button', { name: /just come/ })).toBeVisible()
  // As long as the first page would otherwise take to be read again.
  await page.clock.runFor(2_500)
  await page.clock.runFor(500)
  for (const release of held) release()
  await expect(list.getByText('212 tasks', { exact: true })).toBeVisible()
})
