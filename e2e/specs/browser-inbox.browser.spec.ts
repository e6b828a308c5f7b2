import { checkAccessibility } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

test.use({ provider: 'scripted' })

test('what waits is answered in the inbox by keyboard, and leaves it when it is answered elsewhere', async ({
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

  const badge = page.getByRole('button', { name: /^Inbox/ })
  await rpc.call('task.submit', { type: 'agent_execution', description: 'paint the fence' })
  const first = await rpc.call('task.submit', {
    type: 'command',
    description: 'no luck',
    command: 'echo why; exit 3',
  })
  // The newer failure stands first.
  await rpc.call('task.result', { taskId: first.taskId, waitMs: 10_000 })
  await rpc.call('task.submit', {
    type: 'command',
    description: 'more bad luck',
    command: 'exit 4',
  })
  await expect(badge).toHaveText('Inbox3 waiting')
  await badge.click()
  const inbox = page.getByRole('region', { name: 'Inbox', exact: true })
  const row = (name: string) => inbox.getByRole('button', { name })
  await expect(inbox.getByRole('heading', { level: 3 }).first()).toHaveText('Questions1')
  await checkAccessibility(page, 'the inbox')

  // The question, by keyboard alone; what was typed outlives a look at something else.
  await row('Which colour?').focus()
  await page.keyboard.press('Enter')
  const answer = inbox.getByRole('textbox', { name: 'Your answer' })
  await expect(answer).toBeFocused()
  await page.keyboard.type('moss')
  await page.keyboard.press('Escape')
  await expect(row('Which colour?')).toBeFocused()
  await page.keyboard.press('j')
  await expect(row('more bad luck')).toBeFocused()
  await expect(inbox.getByRole('article', { name: 'more bad luck' })).toBeVisible()
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect(answer).toHaveValue('moss')
  await expect(answer).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(badge).toHaveText('Inbox2 waiting')

  // One failure is dismissed here, the other is tried again elsewhere.
  await row('no luck').click()
  await expect(inbox.getByText('why', { exact: true })).toBeVisible()
  await page.keyboard.press('e')
  await expect(badge).toHaveText('Inbox1 waiting')
  const { items } = await rpc.call('inbox.list', {})
  await rpc.call('inbox.dismiss', { itemIds: items.map(({ id }) => id) })
  await expect(inbox).toContainText('Nothing waits for you')
  await expect(badge).toHaveText('Inbox')
})
