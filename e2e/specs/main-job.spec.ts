import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.js'

const REQUEST = 'run the tests and survey src for large files'

async function say(page: Page, text: string): Promise<void> {
  const message = page.getByRole('textbox', { name: 'Message' })
  await message.fill(text)
  await message.press('Enter')
}

/** While it is there, the tests of the sample project do not end. */
function holdTests(workspace: string): () => void {
  const hold = path.join(workspace, 'hold')
  writeFileSync(hold, '')
  return () => rmSync(hold)
}

const cards = (page: Page) => page.getByRole('article', { name: 'Task completed' })
const replies = (page: Page) => page.getByRole('article', { name: 'Assistant' })

test('work goes on in the background while the person goes on chatting', async ({
  page,
  place,
  rpc,
}) => {
  const release = holdTests(place.workspace)
  await say(page, REQUEST)
  await expect(replies(page).first()).toContainText(/background/i)
  await expect(replies(page).first()).toHaveAttribute('aria-busy', 'false')
  const { tasks } = await rpc.call('task.list', {})
  expect(tasks).toHaveLength(2)

  const pane = page.getByRole('region', { name: 'Tasks' })
  const tests = pane.getByRole('button', { name: /tests/ })
  await expect(tests.getByRole('progressbar', { name: 'Progress' })).toBeVisible()

  await say(page, 'what can you do?')
  await expect(replies(page)).toHaveCount(2)
  await expect(replies(page).last()).toHaveAttribute('aria-busy', 'false')
  await expect(tests.getByRole('progressbar', { name: 'Progress' })).toBeVisible()

  const survey = cards(page).filter({ hasText: /large/i })
  await expect(survey).toBeVisible()
  await survey.getByRole('button', { name: 'Open result' }).click()
  const result = page.getByRole('article', { name: 'Result' })
  await expect(result).toContainText('src/large.js')
  await page.getByRole('button', { name: 'All tasks' }).click()

  await expect(cards(page)).toHaveCount(1)
  release()
  await expect(cards(page)).toHaveCount(2)
  const tested = cards(page).filter({ hasText: /tests/i })
  await tested.getByRole('button', { name: 'Open result' }).click()
  await expect(result).toContainText(/1 passed|pass 1|1 test/i)
})

const ends = { 'a crash': 'kill', 'an orderly end': 'stop' } as const

for (const [name, end] of Object.entries(ends)) {
  test(`${name} in the middle loses nothing, and the tasks finish after the next start`, async ({
    page,
    place,
    rpc,
    host,
    hosts,
  }) => {
    const release = holdTests(place.workspace)
    await say(page, REQUEST)
    await expect(cards(page).filter({ hasText: /large/i })).toBeVisible()
    await expect(replies(page).first()).toHaveAttribute('aria-busy', 'false')
    const reply = await replies(page).first().innerText()
    const before = await rpc.call('task.list', {})
    await host[end]()
    release()

    const again = await hosts.start()
    const next = await again.open()
    const conversations = next.getByRole('region', { name: 'Conversations' })
    await conversations.getByText(/run the tests/i).click()
    await expect(next.getByRole('article', { name: 'You' })).toContainText(REQUEST)
    await expect(replies(next).first()).toContainText(reply.split('\n')[0] ?? reply)
    await expect(cards(next)).toHaveCount(2)
    const after = await (await hosts.connect(again)).call('task.list', {})
    expect(after.tasks.map(({ id, state }) => ({ id, state }))).toEqual(
      before.tasks.map(({ id }) => ({ id, state: 'completed' })),
    )
  })
}
