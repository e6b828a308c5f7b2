import type { LLMock } from '@copilotkit/aimock'
import type { Page } from '@playwright/test'
import { checkAccessibility } from '../driver/accessibility.js'
import { whenReady } from '../driver/host-process.js'
import { expect, test } from '../fixtures.js'

test.use({ provider: 'scripted' })

const QUESTION = 'Which colour\nshould it have?'

/** An agent that asks, and ends once it has the answer. */
function asksFirst(model: LLMock, task: string): void {
  const question = { question: QUESTION, kind: 'sync', options: ['Blue', 'Red'] }
  const ask = { name: 'ask_person', arguments: JSON.stringify(question) }
  const report = { success: true, report: 'It is painted.' }
  const finish = { name: 'finish', arguments: JSON.stringify(report) }
  model.on({ userMessage: task, hasToolResult: true }, { toolCalls: [finish] })
  model.on({ userMessage: task, hasToolResult: false }, { toolCalls: [ask] })
}

async function openInbox(page: Page) {
  await page.getByRole('button', { name: 'Waits for you 1 waiting' }).click()
  return page.getByRole('dialog', { name: 'Waits for you' })
}

test('a question is told, keeps what was typed, and lets its task go on once answered', async ({
  page,
  rpc,
  model,
}) => {
  asksFirst(model, 'paint the fence')
  const { taskId } = await rpc.call('task.submit', {
    type: 'agent_execution',
    description: 'paint the fence',
  })
  const told = page.getByRole('status').filter({ hasText: 'Question of paint the fence' })
  await expect(told).toHaveCount(1)
  const inbox = await openInbox(page)
  await expect(inbox.getByText(QUESTION)).toBeVisible()
  await checkAccessibility(page, 'the inbox with a question')
  await inbox.getByRole('textbox', { name: 'Your answer' }).fill('Something like moss')
  await page.reload()
  await whenReady(page)

  await page.locator(`[data-task="${taskId}"]`).click()
  const task = page.getByRole('region', { name: 'Task', exact: true })
  const field = task.getByRole('textbox', { name: 'Your answer' })
  await expect(field).toHaveValue('Something like moss')
  await checkAccessibility(page, 'a task that asks')
  await field.press('Enter')
  await expect(task).toContainText('It is painted.')
  await expect(page.getByRole('button', { name: 'Waits for you', exact: true })).toBeVisible()
  await task.getByText('1 earlier question').click()
  await expect(task).toContainText('Answered: Something like moss')
})

test('an answer that comes too late is kept in sight, beside the one that won', async ({
  page,
  rpc,
  model,
}) => {
  asksFirst(model, 'paint the gate')
  await rpc.call('task.submit', { type: 'agent_execution', description: 'paint the gate' })
  const inbox = await openInbox(page)
  await inbox.getByRole('textbox', { name: 'Your answer' }).fill('Green')
  const { blockers } = await rpc.call('blocker.list', { state: 'open' })
  for (const { id: blockerId } of blockers) {
    await rpc.call('blocker.answer', { blockerId, answer: 'Blue' })
  }
  const card = inbox.getByRole('article', { name: 'Question' })
  await expect(card).toContainText('Answered elsewhere meanwhile: Blue')
  await expect(card).toContainText('Green')
  await checkAccessibility(page, 'an answer that came too late')
  await card.getByRole('button', { name: 'Dismiss' }).click()
  await expect(inbox).toContainText('Nothing.')
})
