import { checkAccessibility } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

test.use({ provider: 'scripted' })

test('what tasks have done is shown once, kept across a reload, and leads to the place', async ({
  page,
  rpc,
  model,
}) => {
  const ask = {
    name: 'ask_person',
    arguments: JSON.stringify({ question: 'Which colour?', kind: 'sync', options: ['Blue'] }),
  }
  const finish = { name: 'finish', arguments: JSON.stringify({ success: true, report: 'Done.' }) }
  model.on({ userMessage: 'paint', hasToolResult: true }, { toolCalls: [finish] })
  model.on({ userMessage: 'paint', hasToolResult: false }, { toolCalls: [ask] })
  const bell = page.getByRole('button', { name: /^Notifications/ })
  const toasts = page.getByRole('region', { name: /^Notifications alt/i })
  const centre = page.getByRole('dialog', { name: 'Notifications' })

  // A failure comes up, and the button beside it does what it says.
  const { taskId } = await rpc.call('task.submit', {
    type: 'command',
    description: 'no luck',
    command: 'echo why; exit 3',
  })
  await expect(toasts.getByText('Failed: no luck')).toBeVisible()
  await expect(bell).toHaveText('Notifications1 unread')
  await toasts.getByRole('button', { name: 'Open' }).click()
  await expect(page.getByRole('heading', { name: 'no luck' })).toBeVisible()
  await expect(bell).toHaveText('Notifications')

  // What is in sight already does not come up again.
  await rpc.call('task.retry', { taskId })
  const areRead = async () => {
    const { notifications } = await rpc.call('notification.list', {})
    return notifications.map(({ readAt }) => readAt !== null)
  }
  await expect.poll(areRead).toEqual([true, true])
  await expect(toasts.getByText('Failed: no luck')).toHaveCount(0)

  // A question waits until it is answered, wherever that is.
  await rpc.call('task.submit', {
    type: 'agent_execution',
    description: 'paint the fence',
    notify: 'silent',
  })
  await expect(toasts.getByText('Which colour?')).toBeVisible()
  await expect(bell).toHaveText('Notifications1 unread')
  await page.reload()
  await page.keyboard.press('Alt+U')
  await expect(centre.getByRole('region', { name: 'Today' }).getByRole('listitem')).toHaveCount(3)
  await checkAccessibility(page, 'the notification centre')
  await centre.getByRole('button', { name: 'Blue' }).click()
  await expect(centre.getByText('Settled')).toHaveCount(2)
  await expect(bell).toHaveText('Notifications')
  await centre.getByRole('button', { name: 'Clear' }).click()
  await expect(centre.getByText('Nothing new')).toBeVisible()
})
