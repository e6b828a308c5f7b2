import type { Page } from '@playwright/test'
import type { RpcClient } from '../../src/shared/rpc/client.js'
import { checkAccessibility as check } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

test.use({ provider: 'scripted' })

async function say(page: Page, text: string): Promise<void> {
  const message = page.getByRole('textbox', { name: 'Message' })
  await message.fill(text)
  await message.press('Enter')
}

async function submit(rpc: RpcClient, description: string, command: string): Promise<void> {
  const { conversations } = await rpc.call('chat.list', {})
  const [conversation] = conversations
  const { taskId } = await rpc.call('task.submit', {
    description,
    type: 'command',
    command,
    ...(conversation ? { conversationId: conversation.conversationId } : {}),
  })
  await rpc.call('task.result', { taskId, waitMs: 10_000 })
}

test('the chat and what stands in it', async ({ page, rpc, model }) => {
  await check(page, 'empty')
  const content =
    '# Title\n\n- [x] `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```ts\nlet a = 1\n```'
  model.onMessage('markdown', { content })
  model.onMessage('count', { content: 'one two '.repeat(900) }, { latency: 50, chunkSize: 4 })
  const replies = page.getByRole('article', { name: 'Assistant' })
  await say(page, 'markdown')
  await expect(replies.getByText('let', { exact: true })).toHaveAttribute('style', /token/)
  await submit(rpc, 'passes', 'echo fine')
  await submit(rpc, 'breaks', 'echo bad >&2; exit 3')
  await expect(page.getByRole('article', { name: 'Task failed' })).toBeVisible()
  await say(page, 'count')
  await expect(replies.last()).toContainText('one two')
  await say(page, 'queued')
  await check(page, 'reply, cards, and a queued message')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alert')).toContainText('The reply failed')
  await check(page, 'stopped and failed replies')
})

test('tasks, and one of them in full', async ({ page, rpc }) => {
  const tasks = page.getByRole('region', { name: 'Tasks' })
  const row = (name: string) => tasks.getByRole('button', { name: new RegExp(name) }).first()
  await submit(rpc, 'breaks', 'echo bad >&2; exit 3')
  const command = 'echo on; sleep 600'
  await rpc.call('task.submit', { description: 'runs', type: 'command', command })
  await expect(tasks.getByRole('heading', { name: 'Running (1)' })).toBeVisible()
  await rpc.call('queue.pause', {})
  await rpc.call('task.submit', { description: 'waits', type: 'command', command })
  await expect(tasks.getByRole('heading', { name: 'Waiting (1)' })).toBeVisible()
  await check(page, 'tasks')
  for (const [name, tab] of [
    ['breaks', 'Result'],
    ['breaks', 'Steps'],
    ['runs', 'Output'],
    ['waits', 'Output'],
  ] as const) {
    await row(name).click()
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByRole('tabpanel')).toBeVisible()
    await check(page, `task that ${name}, ${tab}`)
    await page.getByRole('button', { name: 'All tasks' }).click()
  }
  await page.setViewportSize({ width: 760, height: 800 })
  await check(page, 'tasks in a narrow window')
})

test('settings, shortcuts, the machine, and a lost connection', async ({ page, host }) => {
  await page.keyboard.press('Control+,')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await expect(settings).toBeVisible()
  for (const tab of await settings.getByRole('tab').all()) {
    await tab.click()
    const anthropic = settings.getByRole('radio', { name: /Anthropic/ })
    if (await anthropic.isVisible()) await anthropic.click()
    await check(page, `settings, ${await tab.innerText()}`)
  }
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  await check(page, 'shortcuts')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^CPU/ }).click()
  await expect(page.getByRole('dialog', { name: 'This machine' })).toContainText('Cores')
  await check(page, 'the machine')
  await page.keyboard.press('Escape')
  await host.stop()
  await expect(page.getByText('What you see is the last known state')).toBeVisible()
  await check(page, 'lost connection')
})

test.describe('on a first start', () => {
  test.use({ firstRunDone: false })

  test('the questions', async ({ page }) => {
    await check(page, 'workspace')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('heading', { name: 'Who should think?' })).toBeVisible()
    await check(page, 'model')
  })
})
