import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.js'

test.use({ provider: 'scripted' })

const message = (page: Page) => page.getByRole('textbox', { name: 'Message' })
const replies = (page: Page) => page.getByRole('article', { name: 'Assistant' })

async function say(page: Page, text: string): Promise<void> {
  await message(page).fill(text)
  await message(page).press('Enter')
}

test('a message is taken while the assistant speaks, and Escape stops the reply at once', async ({
  page,
  model,
}) => {
  model.onMessage('count', { content: 'one two three '.repeat(500) }, { latency: 20, chunkSize: 4 })
  model.onMessage('next', { content: 'Your turn.' })
  await say(page, 'count')
  await expect(replies(page).first()).toContainText('one two')
  await say(page, 'next')
  await expect(page.getByText('Queued: answered in turn')).toBeVisible()
  await message(page).press('Escape')
  await expect(page.getByRole('note')).toContainText('Stopped.')
  await expect(replies(page).last()).toContainText('Your turn.')
  await expect(page.getByText('Queued: answered in turn')).toHaveCount(0)
})

test('Markdown is shown, but no HTML, no image from elsewhere, and links open outside', async ({
  page,
  model,
}) => {
  const content = [
    '# Title',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    '```ts\nconst answer: number = 42\n```',
    '<img src="http://example.com/x.png" onerror="document.title = \'broken\'">',
    '![seen](http://example.com/y.png) [site](https://example.com) [bad](javascript:alert(1))',
  ].join('\n\n')
  model.onMessage('markdown', { content })
  await say(page, 'markdown')
  const reply = replies(page)
  await expect(reply.getByRole('heading', { name: 'Title' })).toBeVisible()
  await expect(reply.getByRole('table')).toContainText('2')
  await expect(reply.getByText('onerror')).toBeVisible()
  await expect(reply.locator('img')).toHaveCount(0)
  await expect(reply.getByRole('link', { name: 'site' })).toHaveAttribute('target', '_blank')
  await expect(reply.getByRole('link', { name: 'site' })).toHaveAttribute('rel', /noopener/)
  await expect(reply.getByRole('link', { name: 'bad' })).toHaveCount(0)
  await expect(reply.getByText('const', { exact: true })).toHaveAttribute('style', /token-keyword/)
})

test('what is typed is kept for each chat, over a reload too', async ({ page, model }) => {
  model.onMessage('hello', { content: 'Good morning.' })
  await say(page, 'hello')
  await expect(replies(page)).toContainText('Good morning.')
  await message(page).fill('half a thought')
  await page.getByRole('button', { name: 'New chat' }).click()
  await expect(message(page)).toHaveValue('')
  await message(page).fill('another one')
  await page.reload()
  await expect(message(page)).toHaveValue('another one')
  await page.getByRole('region', { name: 'Conversations' }).getByText('hello').click()
  await expect(message(page)).toHaveValue('half a thought')
})

test('a chat is renamed and deleted, after a question', async ({ page, rpc }) => {
  await rpc.call('chat.create', { title: 'First name' })
  const list = page.getByRole('region', { name: 'Conversations' })
  await list.getByRole('button', { name: 'More for First name' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  const field = page.getByRole('textbox', { name: 'New name of the chat' })
  await field.fill('Second name')
  await field.press('Enter')
  await list.getByRole('button', { name: 'More for Second name' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Keep' }).click()
  await expect(list.getByText('Second name')).toBeVisible()
  await list.getByRole('button', { name: 'More for Second name' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await question.getByRole('button', { name: 'Delete chat' }).click()
  await expect(list.getByText('Second name')).toHaveCount(0)
})

test('each chat is left and found again at the same place', async ({ page, model }) => {
  const long = Array.from({ length: 120 }, (_, line) => `Paragraph ${line}.`).join('\n\n')
  model.onMessage('long', { content: long })
  model.onMessage('short', { content: 'Briefly.' })
  await say(page, 'long')
  await expect(replies(page)).toHaveAttribute('aria-busy', 'false')
  const list = page.getByRole('log', { name: 'Messages' })
  await list.hover()
  await page.mouse.wheel(0, -1500)
  await expect(page.getByRole('button', { name: 'Jump to newest' })).toBeVisible()
  const top = () => list.evaluate((element) => element.scrollTop)
  const left = await top()
  await page.getByRole('button', { name: 'New chat' }).click()
  await say(page, 'short')
  await expect(replies(page)).toContainText('Briefly.')
  const chats = page.getByRole('region', { name: 'Conversations' })
  await chats.getByText('long').click()
  await expect.poll(top).toBe(left)
  await page.getByRole('button', { name: 'Jump to newest' }).click()
  await chats.getByText('short').click()
  await chats.getByText('long').click()
  await expect(page.getByText('Paragraph 119.')).toBeInViewport()
})

test('the id of a task in a reply leads to the task', async ({ page, model, rpc }) => {
  const { taskId } = await rpc.call('task.submit', {
    description: 'spoken of',
    type: 'command',
    command: 'true',
  })
  model.onMessage('which', { content: `It was ${taskId}, also written \`${taskId}\`.` })
  await say(page, 'which')
  const links = replies(page).getByRole('button', { name: taskId })
  await expect(links).toHaveCount(2)
  await links.last().click()
  await expect(page.getByRole('region', { name: 'Task', exact: true })).toContainText('spoken of')
})
